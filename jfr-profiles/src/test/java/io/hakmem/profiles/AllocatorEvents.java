package io.hakmem.profiles;

import io.hakmem.Hakmem;
import io.hakmem.event.Events;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;

/** The event types that the allocator really has, found in its jar or class folder. */
final class AllocatorEvents {

  private AllocatorEvents() {}

  static List<EventType> all() throws Exception {
    // Events get their period from the hook that writes them: the first block adds it.
    FlightRecorder.getFlightRecorder();
    Hakmem.free(Hakmem.allocate(1));
    List<EventType> types = new ArrayList<>();
    for (String name : classNames()) {
      Class<?> type = Class.forName(name);
      if (Event.class.isAssignableFrom(type)) {
        Class<? extends Event> event = type.asSubclass(Event.class);
        FlightRecorder.register(event);
        types.add(EventType.getEventType(event));
      }
    }
    return types;
  }

  private static List<String> classNames() throws IOException, URISyntaxException {
    Path home = Path.of(Events.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(home)) {
      return classNames(home);
    }
    try (FileSystem jar = FileSystems.newFileSystem(home)) {
      return classNames(jar.getPath("/"));
    }
  }

  private static List<String> classNames(Path root) throws IOException {
    String folder = Events.class.getPackageName();
    try (Stream<Path> files = Files.list(root.resolve(folder.replace('.', '/')))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> folder + "." + name.substring(0, name.length() - ".class".length()))
          .sorted()
          .toList();
    }
  }
}
