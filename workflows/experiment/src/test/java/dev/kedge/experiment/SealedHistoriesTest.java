package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.experiment.payload.PayloadKeys;
import dev.kedge.v1.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments whose payloads are sealed, on a Temporal server. */
class SealedHistoriesTest {
  /** Of stages, of artifacts, of errors, of who asks. */
  private static final List<String> TOLD =
      List.of("train-l2", "sha256:", "no luck", "USER", "annabel");

  @TempDir Path folder;

  @Test
  void aHistoryShowsNothingOfWhatItIsAbout() throws IOException {
    try (var hand = new Stagehand(PayloadKeys.none())) {
      assertThat(kept(hand)).as("or else the next would prove nothing").contains(TOLD);
    }
    try (var hand = new Stagehand(keys("first"))) {
      String history = kept(hand);
      assertThat(history).contains("binary/encrypted", "first");
      TOLD.forEach(told -> assertThat(history).doesNotContain(told));
    }
  }

  /** An experiment with a stage that fails, and is retried. */
  private static String kept(Stagehand hand) {
    hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
    ExperimentName name = hand.launch();
    assertThat(hand.await(name).getState()).isNotEqualTo(Experiment.State.SUCCEEDED);
    String parked = hand.kept(name);
    hand.experiments().retry(name, "train-l2", Map.of(), "annabel");
    assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    return parked + hand.kept(name);
  }

  @Test
  void aNewKeyIsTakenUpByWhatIsUnderWay() throws IOException {
    try (var hand = new Stagehand(keys("old"))) {
      hand.stopOrchestrator();
      ExperimentName name = hand.launch();

      hand.restartWith(keys("new", "old"));
      assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
      assertThat(hand.kept(name)).contains("old", "new");
    }
  }

  @Test
  void whoeverHasNoKeysOrOthersIsToldSoAndTheExperimentGoesOnOnceTheyHave() throws Exception {
    try (var hand = new Stagehand(keys("first"))) {
      hand.stopOrchestrator();
      ExperimentName name = hand.launch();

      hand.restartWith(PayloadKeys.none());
      untilKept(
          hand,
          name,
          "is encrypted with the key first, and kedge.temporal.payload-keys is not set: give all processes");
      hand.restartWith(keys("first"));
      assertThat(hand.await(name).getState()).isEqualTo(Experiment.State.SUCCEEDED);
    }
  }

  private static void untilKept(Stagehand hand, ExperimentName name, String text)
      throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!hand.kept(name).contains(text)) {
      assertThat(Instant.now()).as("it is never told").isBefore(end);
      Thread.sleep(100);
    }
  }

  private PayloadKeys keys(String... ids) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String id : ids) {
      byte[] secret = new byte[32];
      secret[0] = (byte) id.hashCode();
      lines.append(id).append(' ').append(Base64.getEncoder().encodeToString(secret)).append('\n');
    }
    return PayloadKeys.read(Files.writeString(folder.resolve("keys"), lines));
  }
}
