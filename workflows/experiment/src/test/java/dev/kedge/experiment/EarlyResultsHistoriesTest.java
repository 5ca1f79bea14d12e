package dev.kedge.experiment;

import dev.kedge.v1.Limits;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * As {@link ObsoleteWorkHistoriesTest}, of workflows that began with the patch that looks for
 * results early: of what goes another way since then. Recorded with {@code
 * -Dkedge.record-histories=early-results}.
 */
class EarlyResultsHistoriesTest {
  private static final HistoryFolder HISTORIES = HistoryFolder.called("early-results");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cached",
        "tried-again",
        "followed",
        "found-after-a-loss",
        "resumed",
        "cached-without-a-permit"
      })
  void aRecordedHistoryIsReplayedAlike(String name) throws Exception {
    HISTORIES.replay(name, StagedExperiment.class);
  }

  @Test
  @EnabledIfSystemProperty(named = "kedge.record-histories", matches = "early-results")
  void record() throws IOException {
    try (var hand = new Stagehand()) {
      recordTries(hand);
      recordResumed(hand);
      recordCached(hand);
    }
    recordPermit();
  }

  private static void recordTries(Stagehand hand) throws IOException {
    hand.stages.failNext("train-l2", "DISK_FULL", "RESOURCES", true);
    ExperimentName tried = hand.launch();
    hand.await(tried);
    HISTORIES.write("tried-again", hand.history(tried));

    hand.stages.holdNext("train-l2");
    ExperimentName followed = hand.launch();
    hand.await(followed);
    HISTORIES.write("followed", hand.history(followed));
  }

  private static void recordResumed(Stagehand hand) throws IOException {
    hand.stages.blockNext("train-l2");
    ExperimentName resumed = hand.launch();
    hand.untilRunning(resumed, "train-l2");
    hand.experiments().pause(resumed, "ann");
    hand.experiments().resume(resumed, Limits.getDefaultInstance(), "ann");
    hand.await(resumed);
    HISTORIES.write("resumed", hand.history(resumed));
  }

  private static void recordCached(Stagehand hand) throws IOException {
    ExperimentName first = hand.launch();
    hand.results.keep(hand.await(first));
    ExperimentName cached = hand.launch();
    hand.await(cached);
    HISTORIES.write("cached", hand.history(cached));

    hand.results.missNext(hand.records.stage(first, "train-l2").getKey());
    hand.stages.fallSilentNext("train-l2", 10);
    ExperimentName lost = hand.launch();
    hand.await(lost);
    HISTORIES.write("found-after-a-loss", hand.history(lost));
  }

  private static void recordPermit() throws IOException {
    try (var hand = new Stagehand(1)) {
      ExperimentName first = hand.launchIn("a");
      hand.results.keep(hand.await(first));
      hand.results.missNext(hand.records.stage(first, "prepare-t").getKey());
      CountDownLatch end = new CountDownLatch(1);
      hand.stages.waitNext("prepare-t", end);
      ExperimentName holder = hand.launchIn("a");
      hand.untilRunning(holder, "prepare-t");
      ExperimentName cached = hand.launchIn("a");
      hand.await(cached);
      HISTORIES.write("cached-without-a-permit", hand.history(cached));
      end.countDown();
      hand.await(holder);
    }
  }
}
