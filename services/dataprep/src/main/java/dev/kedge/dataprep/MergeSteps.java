package dev.kedge.dataprep;

import dev.kedge.data.MergeProgress;
import dev.kedge.stage.StageContext;
import java.util.Map;

/**
 * The progress of a merge: its parts, after the shares that were fetched.
 *
 * @param fetched how many shares
 */
record MergeSteps(StageContext context, int fetched) implements MergeProgress {
  static final String UNIT = "steps";

  @Override
  public void done(int steps, int all) {
    context.checkStopping();
    context.progress(fetched + steps, fetched + all, UNIT, Map.of());
  }
}
