package dev.kedge.fisher;

import java.io.IOException;

/** An information of which the spec, the model and the data were looked at: a fault now is ours. */
interface Prepared extends AutoCloseable {
  /** Computes it. */
  Information compute() throws IOException;

  @Override
  void close() throws IOException;
}
