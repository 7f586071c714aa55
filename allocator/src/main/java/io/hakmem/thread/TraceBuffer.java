package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.getLongAcquire;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.hakmem.event.Events;
import io.hakmem.event.TracedOperations;
import io.hakmem.memory.OsMemory;
import io.hakmem.memory.RawMemory;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive operations of one cache that are not all in an event yet.
 *
 * <p>The owner of the cache appends without a lock, until the buffer is full and {@link
 * TraceWriter} takes it. The lock is for making an event of what is there, which the writer does,
 * the owner where the writer is behind, and JFR's thread at both ends of a chunk: it writes what it
 * sees and leaves all in place, and the next event repeats it. So every event can be read without
 * any other, and who writes last finds out under the lock what there is left to write. The memory
 * is never given back, since an owner may still append when the trace ends; it serves again.
 */
final class TraceBuffer {

  private static final AtomicLong STREAMS = new AtomicLong();

  /** Bytes on their way into a string, for whoever comes first; others make their own. */
  private static final AtomicReference<byte @Nullable []> SCRATCH = new AtomicReference<>();

  private final long memory;

  /** Guards how far the buffer was written, and what it belongs to. */
  final ReentrantLock lock = new ReentrantLock();

  private long stream;
  private String threadName = "";
  private long firstOperation;
  private long lostOperations;

  /** Number of the first operation that the latest recording has to have. */
  private long recordedFrom;

  /** How far an event has been written since the buffer started. */
  private long writtenTo;

  private int writtenOperations;

  /** Nobody appends any more, and nobody has written the rest. */
  private boolean waiting;

  /**
   * @throws OutOfMemoryError when the operating system refuses
   */
  TraceBuffer() {
    OsMemory os = OsMemory.platform();
    long bytes = (TraceCode.BYTES + os.pageBytes() - 1) & -os.pageBytes();
    memory = os.reserve(bytes, os.pageBytes(), "trace");
    TraceCode.writeLayout(memory);
    TraceCode.start(memory, 0, 0);
    writtenTo = memory + TraceCode.RECORDS;
  }

  long memory() {
    return memory;
  }

  /** Begins a stream that starts with the caller's next operation. */
  void begin(Thread thread, boolean shared, long lost) {
    lock.lock();
    try {
      stream = STREAMS.incrementAndGet();
      threadName = shared ? "" : thread.getName();
      firstOperation = 0;
      lostOperations = lost;
      recordedFrom = 0;
      start(thread.threadId());
    } finally {
      lock.unlock();
    }
  }

  /** Goes on where the caller's full buffer ends. */
  void follow(TraceBuffer full) {
    lock.lock();
    try {
      stream = full.stream;
      threadName = full.threadName;
      firstOperation = full.firstOperation + getInt(full.memory + TraceCode.OPERATIONS);
      lostOperations = full.lostOperations;
      recordedFrom = full.recordedFrom;
      TraceCode.copySampling(full.memory, memory);
      start(getLong(full.memory + TraceCode.THREAD));
    } finally {
      lock.unlock();
    }
  }

  private void start(long thread) {
    writtenTo = memory + TraceCode.RECORDS;
    writtenOperations = 0;
    TraceCode.start(memory, thread, System.nanoTime());
  }

  /** Writes everything and starts anew; only for the owner. */
  void turn() {
    lock.lock();
    try {
      int operations = getInt(memory + TraceCode.OPERATIONS);
      write(getLong(memory + TraceCode.NEXT), operations);
      firstOperation += operations;
      start(getLong(memory + TraceCode.THREAD));
    } finally {
      lock.unlock();
    }
  }

  /** Says that nobody appends any more: {@link #finish} may write the rest. */
  void await() {
    lock.lock();
    try {
      waiting = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes the rest of a buffer to which nobody appends any more.
   *
   * @return false if another thread has done so
   */
  boolean finish() {
    lock.lock();
    try {
      if (!waiting) {
        return false;
      }
      flush();
      waiting = false;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what the owner has published and nobody has written; for any thread. */
  void flush() {
    lock.lock();
    try {
      long next = getLongAcquire(memory + TraceCode.NEXT);
      if (next > writtenTo) {
        write(next, TraceCode.operations(memory + TraceCode.RECORDS, next));
      }
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #flush}; a recording begins behind what there is now. */
  void anchor() {
    lock.lock();
    try {
      flush();
      recordedFrom = firstOperation + writtenOperations;
    } finally {
      lock.unlock();
    }
  }

  private void write(long next, int operations) {
    byte[] bytes = SCRATCH.getAndSet(null);
    if (bytes == null) {
      bytes = new byte[TraceCode.BYTES];
    }
    long data = memory + TraceCode.DATA;
    int length = (int) (next - data);
    MemorySegment.copy(RawMemory.segment(data, length), JAVA_BYTE, 0, bytes, 0, length);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    Events.operationTrace(
        new TracedOperations(
            TraceCode.VERSION,
            stream,
            getLong(memory + TraceCode.START_THREAD),
            threadName,
            firstOperation,
            operations,
            writtenOperations,
            lostOperations,
            recordedFrom,
            getLong(memory + TraceCode.START_TIME),
            checksum.getValue(),
            new String(bytes, 0, length, StandardCharsets.ISO_8859_1)));
    SCRATCH.set(bytes);
    writtenTo = next;
    writtenOperations = operations;
  }
}
