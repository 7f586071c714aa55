package io.hakmem.analysis.cli;

import io.hakmem.analysis.doctor.Diagnosis;
import io.hakmem.analysis.doctor.DiagnosisMarkdown;
import io.hakmem.analysis.doctor.DiagnosisText;
import io.hakmem.analysis.doctor.Doctor;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.render.FormatOption;
import io.hakmem.analysis.render.FormatOption.Format;
import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.RecordJson;
import io.hakmem.analysis.render.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem doctor}: can a verdict on the recording be trusted, and if not, what to mend. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Checks whether recordings can carry a verdict, and says how to mend them.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no fault", "1:a fault was found", "2:usage", "3:a file cannot be read"})
final class DoctorCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "JFR recordings (.jfr).")
  private List<Path> files = List.of();

  @Mixin private FormatOption output = new FormatOption();

  @Mixin private CacheOption cache = new CacheOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    int code = Main.OK;
    boolean first = true;
    for (Path file : files) {
      if (!first && output.format() == Format.text) {
        spec.commandLine().getOut().println();
      }
      first = false;
      code = Math.max(code, examine(file));
    }
    return code;
  }

  /** One unreadable file does not hide what the others say. */
  private int examine(Path file) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Diagnosis diagnosis = Doctor.examine(file, cache.options(spec.commandLine().getErr()));
      out.print(
          switch (output.format()) {
            case json -> RecordJson.render(diagnosis);
            case md -> DiagnosisMarkdown.render(diagnosis);
            case text ->
                DiagnosisText.render(
                    diagnosis, Terminal.reportColumns(AnalyzeCommand.WIDTH), Paint.ofTerminal());
          });
      out.flush();
      return diagnosis.healthy() ? Main.OK : Main.FAULTS;
    } catch (RecordingException e) {
      return Recordings.complain(spec.commandLine().getErr(), e);
    }
  }
}
