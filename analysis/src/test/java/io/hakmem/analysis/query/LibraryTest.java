package io.hakmem.analysis.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibraryTest {

  @Test
  void listsEveryFile() throws IOException, URISyntaxException {
    URL list =
        Objects.requireNonNull(Query.class.getResource("/io/hakmem/analysis/queries/queries.txt"));
    try (Stream<Path> files =
        Files.list(Objects.requireNonNull(Path.of(list.toURI()).getParent()))) {
      List<String> expected =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".sql"))
              .map(name -> name.substring(0, name.length() - ".sql".length()))
              .sorted()
              .toList();
      assertEquals(expected, QueryLibrary.names());
    }
  }

  @Test
  void everyQuerySaysWhatItIs() {
    for (Query query : QueryLibrary.all()) {
      assertFalse(query.title().isEmpty(), query.name());
      assertFalse(query.unit().isEmpty(), query.name());
      assertFalse(query.description().isEmpty(), query.name());
      assertFalse(query.events().isEmpty(), query.name());
      for (String entry : query.events()) {
        for (String type : Query.alternatives(entry)) {
          assertTrue(
              query.readsLayers() || query.sql().contains("jfr.\"" + type + "\""),
              query.name() + " does not read " + type);
        }
      }
    }
  }

  @Test
  void unknownQueryNamesTheNearest() {
    UnknownQueryException failure =
        assertThrows(UnknownQueryException.class, () -> QueryLibrary.find("hot-metods"));
    assertEquals(
        "there is no query \"hot-metods\"; did you mean hot-methods?", failure.getMessage());
    assertTrue(
        String.valueOf(
                assertThrows(UnknownQueryException.class, () -> QueryLibrary.find("weather"))
                    .getMessage())
            .endsWith("\"hakmem queries\" lists them"));
  }

  @Test
  void aHeaderIsNeeded() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class, () -> Query.parse("x", "-- title: x\nSELECT 1"));
    assertTrue(String.valueOf(failure.getMessage()).contains("-- events:"), failure.getMessage());
  }
}
