package io.hakmem.analysis.trace;

import io.hakmem.analysis.cli.Main;
import io.hakmem.analysis.recording.RecordingException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem trace}: every operation that a recording holds. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = "Decodes the operations of a recording made with hakmem-trace.jfc.",
    footer = {
      "",
      "The columns of --dump: stream and number in it, thread, time in ns since 1970, operation,",
      "address, size and alignment as asked for, size class (-1: span or mapping). One stream",
      "follows the other; in each, operations are in the order in which they were performed."
    })
public final class TraceCommand implements Callable<Integer> {

  @Parameters(arity = "1", paramLabel = "FILE", description = "A JFR recording (.jfr).")
  private Path file = Path.of("");

  private static final class Form {
    @Option(names = "--dump", description = "Prints every operation as CSV.")
    private boolean dump;

    @Option(names = "--digest", description = "Prints a check sum of each thread's operations.")
    private boolean digest;
  }

  @ArgGroup private Form form = new Form();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RecordingException {
    PrintWriter out = spec.commandLine().getOut();
    Trace trace = Trace.read(file);
    Trace.Result result;
    if (form.dump) {
      out.println("stream,number,thread,time,operation,address,size,alignment,class");
      result = trace.decode(operation -> out.println(csv(operation)));
    } else if (form.digest) {
      result = digest(trace, out);
    } else {
      TraceText text = new TraceText();
      result = trace.decode(text::add);
      out.print(text.render(result, trace.threadNames()));
    }
    out.flush();
    return end(result);
  }

  private int end(Trace.Result result) {
    if (result.faults().isEmpty()) {
      return Main.OK;
    }
    if (form.dump || form.digest) {
      result.faults().forEach(f -> spec.commandLine().getErr().println("hakmem: " + f));
    }
    return Main.UNREADABLE;
  }

  private static Trace.Result digest(Trace trace, PrintWriter out) {
    Map<Long, Digest> digests = new TreeMap<>();
    Trace.Result result =
        trace.decode(o -> digests.computeIfAbsent(o.thread(), t -> new Digest()).add(o));
    digests.forEach((thread, digest) -> out.println("thread " + thread + " " + digest));
    return result;
  }

  private static String csv(Operation o) {
    StringBuilder line = new StringBuilder(100);
    line.append(o.stream()).append(',').append(o.number()).append(',').append(o.thread());
    line.append(',').append(o.time()).append(',').append(o.allocate() ? "allocate" : "free");
    line.append(",0x").append(Long.toHexString(o.address())).append(',');
    if (o.allocate()) {
      line.append(o.size()).append(',').append(o.alignment());
    } else {
      line.append(',');
    }
    return line.append(',').append(o.sizeClass()).toString();
  }
}
