package dev.kedge.models.fisher;

import dev.kedge.tensors.MemoryTensors;
import java.io.IOException;
import java.nio.file.Path;

/** A Fisher information that is being summed up, which can be kept and gone on with. */
public interface RunningSums extends AutoCloseable {
  /** Number of samples so far. */
  int samples();

  /** Writes the sums so far into one new file. */
  void write(Path file) throws IOException;

  /**
   * Goes on from what {@link #write} kept: from there on, the same samples give the same bits.
   *
   * @throws IOException if the file cannot be read or is none of these sums
   */
  void restore(Path file) throws IOException;

  /**
   * The mean over all samples, by weight.
   *
   * @throws IllegalStateException if there was no sample
   */
  MemoryTensors mean();

  @Override
  void close();
}
