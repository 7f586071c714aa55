package io.hakmem.analysis.tables;

import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedObject;

/** A field that needs one column of the batch. */
record ScalarField(String expression, BatchColumn column, Consumer<RecordedObject> adder)
    implements Field {

  @Override
  public void add(RecordedObject source) {
    adder.accept(source);
  }

  @Override
  public void addNull() {
    column.addNull();
  }
}
