package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** The numbers as a JMX client sees them. */
class AllocatorMXBeanTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private static ObjectName name(String name) throws JMException {
    return new ObjectName("io.hakmem:type=Allocator,name=" + name);
  }

  @Test
  void anInstanceIsThereUntilItIsClosed() throws JMException {
    try (Allocator allocator =
        new Allocator(AllocatorOptions.defaults().withLimit(64 << 20).withDecayMillis(-1))) {
      allocator.registerMBean("cache-1");
      long block = allocator.allocate(200);
      AllocatorMXBean bean = JMX.newMXBeanProxy(server, name("cache-1"), AllocatorMXBean.class);
      AllocatorStatistics statistics = allocator.statistics();
      assertEquals(statistics.inUse(), bean.getInUseBytes());
      assertEquals(208, bean.getInUseBytes());
      assertEquals(statistics.cached(), bean.getCachedBytes());
      assertEquals(statistics.reserved(), bean.getReservedBytes());
      assertEquals(statistics.committed(), bean.getCommittedBytes());
      assertEquals(statistics.peak(), bean.getPeakBytes());
      assertEquals(64 << 20, bean.getLimitBytes());
      assertEquals(Hakmem.freePath().path(), bean.getFreePath());
      assertEquals(allocator.options().values(), bean.getOptions());
      assertEquals(statistics.toString(), bean.getTable());
      allocator.free(block);
      bean.trim();
      assertEquals(0, bean.getCommittedBytes());
    }
    assertFalse(server.isRegistered(name("cache-1")));
  }

  @Test
  void attributesAreOfOpenTypes() throws JMException {
    try (Allocator allocator = new Allocator(AllocatorOptions.defaults())) {
      allocator.registerMBean("open");
      long block = allocator.allocate(200);
      Object value = server.getAttribute(name("open"), "Statistics");
      CompositeData statistics = (CompositeData) value;
      assertEquals(208L, statistics.get("inUse"));
      CompositeData[] classes = (CompositeData[]) statistics.get("classes");
      assertEquals(1L, classes[8].get("inUse"));
      CompositeData[] threads = (CompositeData[]) statistics.get("threads");
      assertEquals(Thread.currentThread().getName(), threads[0].get("name"));
      assertEquals(-1L, server.getAttribute(name("open"), "LimitBytes"));
      assertArrayEquals(
          allocator.options().values().toArray(),
          (Object[]) server.getAttribute(name("open"), "Options"));
      allocator.free(block);
    }
  }

  @Test
  void namesAreTakenOnce() {
    try (Allocator one = new Allocator(AllocatorOptions.defaults());
        Allocator other = new Allocator(AllocatorOptions.defaults())) {
      one.registerMBean("twice");
      assertThrows(IllegalStateException.class, () -> one.registerMBean("again"));
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> other.registerMBean("twice"));
      assertTrue(String.valueOf(error.getMessage()).contains("twice"), error::getMessage);
      other.registerMBean("odd: *,?=\"name\"");
    }
  }

  @Test
  void theProcessRegistersOnceAndStays() throws JMException {
    Hakmem.registerMBean();
    Hakmem.registerMBean();
    assertTrue(server.isRegistered(name("default")));
    long block = Hakmem.allocate(100);
    assertTrue((long) server.getAttribute(name("default"), "InUseBytes") > 0);
    Hakmem.free(block);
  }
}
