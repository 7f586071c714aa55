package io.hakmem.analysis.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ';'",
        "SELECT 'it''s;'",
        "SELECT \"a;b\" FROM t",
        "SELECT 1 -- ; no end",
        "SELECT /* ; */ 1",
        "SELECT $$ ; $$",
        "SELECT $x$ ; $$ ; $x$"
      })
  void semicolonsInsideDoNotEnd(String statement) {
    assertEquals(List.of(statement, "SELECT 2"), Statements.all(statement + "\n; SELECT 2"));
  }

  @Test
  void nothingIsNoStatement() {
    assertEquals(List.of(), Statements.all(" ;; -- only a comment\n /* and another */ ; "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 'a;", "/* not closed ;", "SELECT $$ ;", "SELECT \"x;"})
  void whatIsOpenGoesOn(String text) {
    Statements.Split split = Statements.split(text);
    assertEquals(List.of(), split.complete());
    assertFalse(split.rest().isBlank());
  }

  @Test
  void nearestNameIsTheOneWithTheFewestMistakes() {
    List<String> names = List.of("jdk.GCHeapSummary", "jdk.GCPhasePause", "io.hakmem.FastPathHit");
    assertEquals(Optional.of("jdk.GCHeapSummary"), Nearest.to("jdk.GCHeapSumary", names));
    assertEquals(Optional.of("jdk.GCHeapSummary"), Nearest.to("gcheapsummary", names));
    assertEquals(Optional.of("io.hakmem.FastPathHit"), Nearest.to("FastPahtHit", names));
    assertEquals(Optional.empty(), Nearest.to("customer", names));
    assertEquals(1, Nearest.distance("abcd", "abdc"));
    assertEquals(3, Nearest.distance("", "abc"));
  }
}
