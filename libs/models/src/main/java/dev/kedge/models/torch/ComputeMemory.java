package dev.kedge.models.torch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much native memory a computing stage may use. It follows from limits and not from what
 * happens to be free, so that equal machines choose alike.
 */
public final class ComputeMemory {
  private static final long STEP = 64L << 20;

  private ComputeMemory() {}

  /**
   * A slot's share of this machine, or of its container, beside the Java heap.
   *
   * @param slots stages that compute at once
   * @return bytes
   */
  public static long perSlot(int slots) {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return perSlot(machine.getTotalMemorySize(), Runtime.getRuntime().maxMemory(), slots);
  }

  /** A quarter is left to the JVM's own needs, the file cache and other processes. */
  static long perSlot(long machine, long heap, int slots) {
    long share = (machine - heap) / 4 * 3 / slots;
    return Math.max(0, share / STEP * STEP);
  }
}
