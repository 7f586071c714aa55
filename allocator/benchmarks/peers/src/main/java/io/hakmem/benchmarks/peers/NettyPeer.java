package io.hakmem.benchmarks.peers;

import io.hakmem.benchmarks.peer.ObjectPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Direct buffers of one of Netty's allocators; released where they are freed. */
abstract class NettyPeer extends ObjectPeer<ByteBuf> {

  private final ByteBufAllocator allocator;

  NettyPeer(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  protected final ByteBuf allocate(int size) {
    return allocator.directBuffer(size);
  }

  @Override
  protected final void write(ByteBuf block, byte first) {
    block.setByte(0, first);
  }

  @Override
  protected final void free(ByteBuf block) {
    block.release();
  }

  /** Plain threads; event loops where {@code hakmem.bench.eventLoop} is set. */
  @Override
  public final ThreadFactory threads() {
    return Boolean.getBoolean("hakmem.bench.eventLoop") ? NettyPeer::inEventLoop : super.threads();
  }

  /** A thread that runs its task in an event loop and ends the loop. */
  private static Thread inEventLoop(Runnable task) {
    return new Thread(
        () -> {
          DefaultEventExecutor loop = new DefaultEventExecutor();
          try {
            loop.submit(task).sync();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
          }
        });
  }
}
