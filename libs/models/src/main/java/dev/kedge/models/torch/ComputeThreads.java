package dev.kedge.models.torch;

import ai.djl.pytorch.jni.JniUtils;

/**
 * The number of threads one libtorch operation uses.
 *
 * <p>Results are bit-identical between runs and processes at an equal number and differ between
 * numbers, so a job fixes it once and records it.
 */
public final class ComputeThreads {
  private ComputeThreads() {}

  /**
   * Sets the number for work done on the calling thread. The setting belongs to the thread in part:
   * call this at the start of each thread that computes.
   *
   * @param threads at least 1
   */
  public static void use(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("compute threads must be at least 1, not " + threads);
    }
    Natives.load();
    JniUtils.setNumThreads(threads);
  }
}
