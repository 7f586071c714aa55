package io.hakmem;

import io.hakmem.thread.FreePaths;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Puts allocators into the platform's JMX server. Thread-safe.
 *
 * <p>The one class that touches JMX, whose loading costs tens of milliseconds: programs that don't
 * ask for it don't pay for it.
 */
final class Jmx {

  private Jmx() {}

  /**
   * Registers an allocator.
   *
   * @return what takes it out again
   * @throws IllegalArgumentException if the name is taken
   */
  static Runnable register(Allocator allocator, String name) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName objectName = objectName(name);
      server.registerMBean(new View(allocator), objectName);
      return () -> unregister(server, objectName);
    } catch (InstanceAlreadyExistsException e) {
      throw new IllegalArgumentException(
          "another allocator has the name '" + name + "' in JMX already", e);
    } catch (JMException e) {
      throw new IllegalStateException("can't register '" + name + "' in JMX", e);
    }
  }

  private static ObjectName objectName(String name) throws JMException {
    boolean plain = name.matches("[\\w.-]+");
    return new ObjectName(
        "io.hakmem:type=Allocator,name=" + (plain ? name : ObjectName.quote(name)));
  }

  private static void unregister(MBeanServer server, ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // Somebody else took it out, which is what was wanted.
    } catch (JMException e) {
      throw new IllegalStateException("can't take " + name + " out of JMX", e);
    }
  }

  private record View(Allocator allocator) implements AllocatorMXBean {

    @Override
    public List<String> getOptions() {
      return allocator.options().values();
    }

    @Override
    public String getFreePath() {
      return FreePaths.live().path();
    }

    @Override
    public long getLimitBytes() {
      long limit = allocator.options().limit();
      return limit == Long.MAX_VALUE ? -1 : limit;
    }

    @Override
    public long getReservedBytes() {
      return allocator.heap().footprint().reservedBytes();
    }

    @Override
    public long getCommittedBytes() {
      return allocator.heap().footprint().committedBytes();
    }

    @Override
    public long getPeakBytes() {
      return allocator.heap().footprint().peakBytes();
    }

    @Override
    public long getInUseBytes() {
      return allocator.statistics().inUse();
    }

    @Override
    public long getCachedBytes() {
      return allocator.statistics().cached();
    }

    @Override
    public AllocatorStatistics getStatistics() {
      return allocator.statistics();
    }

    @Override
    public String getTable() {
      return allocator.statistics().toString();
    }

    @Override
    public void trim() {
      allocator.trim();
    }
  }
}
