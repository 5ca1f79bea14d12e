package dev.kedge.cli.view;

import dev.kedge.v1.WatchExperimentResponse;

/** Shows an experiment while it runs. */
public interface WatchView {
  /** Shows nothing. */
  WatchView NONE =
      new WatchView() {
        @Override
        public void show(WatchExperimentResponse event) {}

        @Override
        public void end() {}
      };

  /** Takes in one event. */
  void show(WatchExperimentResponse event);

  /** Tells that the gateway is out of sight; the work goes on without it. */
  default void outOfSight() {}

  /** Tells that the gateway answers again. */
  default void inSightAgain() {}

  /** Leaves the terminal as it should be. */
  void end();
}
