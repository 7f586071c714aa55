package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "()V | ''",
        "(JILjava/lang/String;)Z | 'long, int, String'",
        "([[Ljava/util/Map$Entry;[B)V | 'Map$Entry[][], byte[]'",
        "(ZCSFD)V | 'boolean, char, short, float, double'",
        "'' | ''",
        "(Lbroken)V | ''"
      })
  void showsSimpleNames(String descriptor, String parameters) {
    assertEquals(parameters, MethodText.parameters(descriptor));
    assertEquals("a.B.m(" + parameters + ")", MethodText.of("a.B", "m", descriptor));
  }
}
