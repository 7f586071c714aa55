package io.hakmem.analysis.doctor;

import io.hakmem.analysis.query.QueryRunner;
import io.hakmem.analysis.query.UnfitEventsException;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.LoadOptions;
import io.hakmem.analysis.verdict.HotPathAnalysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs every check on a recording. */
public final class Doctor {

  private Doctor() {}

  /**
   * Reads the recording and examines it.
   *
   * @throws RecordingException if nothing of the file can be read
   */
  public static Diagnosis examine(Path recording) throws RecordingException {
    return examine(recording, LoadOptions.temporary());
  }

  /** As {@link #examine(Path)}, from a cache where the options allow that. */
  public static Diagnosis examine(Path recording, LoadOptions options) throws RecordingException {
    try (EventTables tables = EventTables.open(recording, options)) {
      return examine(recording, tables);
    } catch (UnfitEventsException e) {
      throw new RecordingException(recording, String.valueOf(e.getMessage()), e);
    }
  }

  /** As {@link #examine(Path)}, of a recording that is loaded and not weighed yet. */
  static Diagnosis examine(Path recording, EventTables tables) {
    return examine(recording, tables, ThisMachine.look());
  }

  /** As the other, as if it ran on that machine. */
  static Diagnosis examine(Path recording, EventTables tables, ThisMachine here) {
    Material material =
        new Material(tables, new QueryRunner(tables), HotPathAnalysis.weigh(recording, tables));
    List<Finding> findings = new ArrayList<>();
    findings.addAll(PathChecks.examine(material));
    findings.addAll(SampleChecks.examine(material));
    findings.addAll(RecordingChecks.examine(material));
    findings.addAll(MachineChecks.examine(material, here));
    findings.addAll(JvmChecks.examine(material));
    return Diagnosis.of(String.valueOf(recording.getFileName()), findings);
  }
}
