package io.hakmem.event;

import io.hakmem.thread.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Real recordings of this JVM, written to a file and read back. */
final class Recordings {

  private Recordings() {}

  /** What one event is to be recorded with. */
  record Setting(String event, String name, String value) {}

  static Setting enabled(String event) {
    return new Setting(event, "enabled", "true");
  }

  /** Records while a task runs on a new thread, whose cache is therefore empty. */
  static List<RecordedEvent> ofFreshThread(List<Setting> settings, Tasks.Task task)
      throws Exception {
    return of(settings, () -> Tasks.onFreshThread(task));
  }

  /** Records while a task runs. */
  static List<RecordedEvent> of(List<Setting> settings, Tasks.Task task) throws Exception {
    try (Recording recording = new Recording()) {
      for (Setting setting : settings) {
        recording.enable("io.hakmem." + setting.event()).with(setting.name(), setting.value());
      }
      recording.start();
      task.run();
      recording.stop();
      return read(recording);
    }
  }

  private static List<RecordedEvent> read(Recording recording) throws IOException {
    Path file = Files.createTempFile("hakmem", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file);
    } finally {
      Files.delete(file);
    }
  }

  static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("io.hakmem." + name))
        .toList();
  }
}
