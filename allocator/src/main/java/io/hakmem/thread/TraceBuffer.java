package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.getLongAcquire;

import io.hakmem.event.Events;
import io.hakmem.event.TracedOperations;
import io.hakmem.memory.OsMemory;
import io.hakmem.memory.RawMemory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/**
 * The operations of one cache that are not yet in an event.
 *
 * <p>The owner of the cache appends without a lock. The lock is for making an event of what is
 * there, which the owner does when the buffer is full, and JFR's thread at both ends of a chunk: it
 * writes what it sees and leaves all in place, and the owner's next event repeats it. So every
 * event can be read without any other. The memory is never given back, since an owner may still
 * append when the trace ends; it serves the next trace.
 */
final class TraceBuffer {

  private static final AtomicLong STREAMS = new AtomicLong();

  private final long memory;
  private final ReentrantLock lock = new ReentrantLock();
  private long stream;
  private String threadName = "";
  private long firstOperation;
  private long lostOperations;

  /** How far an event has been written since the buffer started. */
  private long writtenTo;

  private int writtenOperations;

  /**
   * @throws OutOfMemoryError when the operating system refuses
   */
  TraceBuffer() {
    OsMemory os = OsMemory.platform();
    long bytes = (TraceCode.BYTES + os.pageBytes() - 1) & -os.pageBytes();
    memory = os.reserve(bytes, os.pageBytes(), "trace");
    TraceCode.writeLayout(memory);
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
      start(thread.threadId());
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

  private void write(long next, int operations) {
    long data = memory + TraceCode.DATA;
    CRC32C checksum = new CRC32C();
    checksum.update(RawMemory.segment(data, next - data).asByteBuffer());
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
            System.nanoTime() - getLong(memory + TraceCode.START_TIME),
            checksum.getValue(),
            new String(TraceCode.characters(data, next), StandardCharsets.ISO_8859_1)));
    writtenTo = next;
    writtenOperations = operations;
  }
}
