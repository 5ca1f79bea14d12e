package dev.kedge.cli;

import dev.kedge.cli.view.WatchView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.WatchExperimentRequest;
import dev.kedge.v1.WatchExperimentResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;

/**
 * Follows an experiment until it ends, waits for people or is paused, over any number of
 * connections.
 */
final class Following {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Gateway gateway;
  private final WatchView view;
  private final Duration patience;
  private String cursor = "";
  private Experiment experiment = Experiment.getDefaultInstance();
  private long lastSeen = System.nanoTime();
  private boolean everSeen;
  private boolean inSight = true;

  Following(Gateway gateway, WatchView view, Duration patience) {
    this.gateway = gateway;
    this.view = view;
    this.patience = patience;
  }

  /**
   * Shows all events.
   *
   * @return the experiment at the end
   */
  Experiment follow(String name) throws InterruptedException {
    try {
      while (!isAtRest(experiment.getState())) {
        watchOnce(name);
      }
      return experiment;
    } finally {
      view.end();
    }
  }

  private void watchOnce(String name) throws InterruptedException {
    try {
      Iterator<WatchExperimentResponse> events =
          gateway.experiments().watchExperiment(request(name));
      while (events.hasNext()) {
        take(events.next());
      }
      if (!isAtRest(experiment.getState())) {
        // The gateway is going down: its successor goes on from the cursor.
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (StatusRuntimeException e) {
      if (!everSeen || !isPassing(e) || System.nanoTime() - lastSeen > patience.toNanos()) {
        throw e;
      }
      if (inSight) {
        view.outOfSight();
      }
      inSight = false;
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private void take(WatchExperimentResponse event) {
    everSeen = true;
    if (!inSight) {
      view.inSightAgain();
    }
    inSight = true;
    lastSeen = System.nanoTime();
    cursor = event.getCursor();
    if (event.hasExperiment()) {
      experiment = event.getExperiment();
    }
    view.show(event);
  }

  private WatchExperimentRequest request(String name) {
    return WatchExperimentRequest.newBuilder().setName(name).setCursor(cursor).build();
  }

  private static boolean isPassing(StatusRuntimeException e) {
    return e.getStatus().getCode() == Status.Code.UNAVAILABLE;
  }

  private static boolean isAtRest(Experiment.State state) {
    return switch (state) {
      case SUCCEEDED, CANCELLED, ATTENTION, PAUSED -> true;
      default -> false;
    };
  }
}
