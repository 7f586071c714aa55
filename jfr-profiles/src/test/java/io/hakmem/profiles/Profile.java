package io.hakmem.profiles;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import jdk.jfr.Configuration;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A profile as a file. */
record Profile(Path file) {

  static final String HOTPATH = "hakmem-hotpath.jfc";
  static final String PRODUCTION = "hakmem-production.jfc";
  static final String TRACE = "hakmem-trace.jfc";

  /** Every profile of the module. */
  static List<Profile> all() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(f -> f.toString().endsWith(".jfc")).sorted().map(Profile::new).toList();
    }
  }

  static Profile hotpath() {
    return new Profile(folder().resolve(HOTPATH));
  }

  static Profile production() {
    return new Profile(folder().resolve(PRODUCTION));
  }

  static Profile trace() {
    return new Profile(folder().resolve(TRACE));
  }

  private static Path folder() {
    try {
      Path hotpath = Path.of(Objects.requireNonNull(Profile.class.getResource(HOTPATH)).toURI());
      return hotpath.resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What JFR makes of it: {@code event#setting} to value. */
  Map<String, String> settings() throws Exception {
    return new TreeMap<>(Configuration.create(file).getSettings());
  }

  /** Names of the events that it turns on, unless an option is changed. */
  Set<String> enabledEvents() throws Exception {
    Set<String> names = new TreeSet<>();
    settings()
        .forEach(
            (key, value) -> {
              if (key.endsWith("#enabled") && value.equals("true")) {
                names.add(key.substring(0, key.indexOf('#')));
              }
            });
    return names;
  }

  /** Names of the events that it turns on, or that one of its options does. */
  Set<String> possibleEvents() throws Exception {
    Set<String> names = enabledEvents();
    for (Element setting : elements("setting")) {
      if (setting.getAttribute("name").equals("enabled")
          && !setting.getAttribute("control").isEmpty()) {
        names.add(((Element) setting.getParentNode()).getAttribute("name"));
      }
    }
    return names;
  }

  /** Every element of a kind, in the file's order. */
  List<Element> elements(String kind) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    NodeList nodes = document.getElementsByTagName(kind);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Override
  public String toString() {
    return String.valueOf(file.getFileName());
  }
}
