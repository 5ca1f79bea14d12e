package dev.kedge.fuzzing;

import java.lang.management.ManagementFactory;

/** What this process keeps. */
public final class Heap {
  private static final int COLLECTIONS = 3;

  private Heap() {}

  /** Bytes that are in use once what nobody holds is gone. */
  public static long bytesKept() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
