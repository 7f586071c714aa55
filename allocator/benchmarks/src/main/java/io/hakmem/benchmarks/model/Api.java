package io.hakmem.benchmarks.model;

import io.hakmem.Allocator;
import io.hakmem.AllocatorStatistics;
import io.hakmem.Hakmem;
import io.hakmem.HakmemArena;
import io.hakmem.ThreadCache;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;

/** All calls of the allocator of the process, or of one of its own. */
interface Api {

  long allocate(long size);

  long allocateAligned(long size, long alignment);

  long allocateZeroed(long size);

  long reallocate(long address, long size);

  MemorySegment allocateSegment(long size);

  SegmentAllocator segmentAllocator();

  ByteBuffer allocateBuffer(int capacity);

  void free(long address);

  void free(long address, long size);

  void free(MemorySegment segment);

  void free(ByteBuffer buffer);

  long usableSize(long address);

  ThreadCache threadCache();

  Arena confinedArena();

  Arena sharedArena();

  void flushThreadCache();

  void trim();

  AllocatorStatistics statistics();

  /** {@link Hakmem}. */
  final class OfProcess implements Api {

    @Override
    public long allocate(long size) {
      return Hakmem.allocate(size);
    }

    @Override
    public long allocateAligned(long size, long alignment) {
      return Hakmem.allocateAligned(size, alignment);
    }

    @Override
    public long allocateZeroed(long size) {
      return Hakmem.allocateZeroed(size);
    }

    @Override
    public long reallocate(long address, long size) {
      return Hakmem.reallocate(address, size);
    }

    @Override
    public MemorySegment allocateSegment(long size) {
      return Hakmem.allocateSegment(size);
    }

    @Override
    public SegmentAllocator segmentAllocator() {
      return Hakmem.segmentAllocator();
    }

    @Override
    public ByteBuffer allocateBuffer(int capacity) {
      return Hakmem.allocateBuffer(capacity);
    }

    @Override
    public void free(long address) {
      Hakmem.free(address);
    }

    @Override
    public void free(long address, long size) {
      Hakmem.free(address, size);
    }

    @Override
    public void free(MemorySegment segment) {
      Hakmem.free(segment);
    }

    @Override
    public void free(ByteBuffer buffer) {
      Hakmem.free(buffer);
    }

    @Override
    public long usableSize(long address) {
      return Hakmem.usableSize(address);
    }

    @Override
    public ThreadCache threadCache() {
      return Hakmem.threadCache();
    }

    @Override
    public Arena confinedArena() {
      return HakmemArena.ofConfined();
    }

    @Override
    public Arena sharedArena() {
      return HakmemArena.ofShared();
    }

    @Override
    public void flushThreadCache() {
      Hakmem.flushThreadCache();
    }

    @Override
    public void trim() {
      Hakmem.trim();
    }

    @Override
    public AllocatorStatistics statistics() {
      return Hakmem.statistics();
    }
  }

  /** An allocator of its own. */
  record OfInstance(Allocator allocator) implements Api {

    @Override
    public long allocate(long size) {
      return allocator.allocate(size);
    }

    @Override
    public long allocateAligned(long size, long alignment) {
      return allocator.allocateAligned(size, alignment);
    }

    @Override
    public long allocateZeroed(long size) {
      return allocator.allocateZeroed(size);
    }

    @Override
    public long reallocate(long address, long size) {
      return allocator.reallocate(address, size);
    }

    @Override
    public MemorySegment allocateSegment(long size) {
      return allocator.allocateSegment(size);
    }

    @Override
    public SegmentAllocator segmentAllocator() {
      return allocator.segmentAllocator();
    }

    @Override
    public ByteBuffer allocateBuffer(int capacity) {
      return allocator.allocateBuffer(capacity);
    }

    @Override
    public void free(long address) {
      allocator.free(address);
    }

    @Override
    public void free(long address, long size) {
      allocator.free(address, size);
    }

    @Override
    public void free(MemorySegment segment) {
      allocator.free(segment);
    }

    @Override
    public void free(ByteBuffer buffer) {
      allocator.free(buffer);
    }

    @Override
    public long usableSize(long address) {
      return allocator.usableSize(address);
    }

    @Override
    public ThreadCache threadCache() {
      return allocator.threadCache();
    }

    @Override
    public Arena confinedArena() {
      return HakmemArena.ofConfined(allocator);
    }

    @Override
    public Arena sharedArena() {
      return HakmemArena.ofShared(allocator);
    }

    @Override
    public void flushThreadCache() {
      allocator.flushThreadCache();
    }

    @Override
    public void trim() {
      allocator.trim();
    }

    @Override
    public AllocatorStatistics statistics() {
      return allocator.statistics();
    }
  }
}
