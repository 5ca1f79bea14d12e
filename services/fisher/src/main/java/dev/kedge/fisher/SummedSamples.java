package dev.kedge.fisher;

import dev.kedge.models.fisher.RunningSums;
import java.io.IOException;

/**
 * An information that is summed up sample by sample.
 *
 * @param sums closed with it
 */
record SummedSamples(CalibrationPass pass, RunningSums sums, CalibrationPass.Batch batch)
    implements Prepared {
  @Override
  public Information compute() throws IOException {
    pass.run(sums, batch);
    return new Information(sums.mean(), sums.samples());
  }

  @Override
  public void close() {
    sums.close();
  }
}
