package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecodingTest {
  private static final float[] LOGITS = {0, (float) Math.log(2), (float) Math.log(7), -100};

  private static double share(Decoding decoding, int token) {
    int draws = 20_000;
    long hits =
        IntStream.range(0, draws).filter(i -> decoding.choose(LOGITS, 0, i) == token).count();
    return (double) hits / draws;
  }

  @Test
  void drawsFollowTheProbabilities() {
    Decoding decoding = new Decoding(1, 1, 5);

    assertThat(share(decoding, 0)).isCloseTo(0.1, within(0.01));
    assertThat(share(decoding, 1)).isCloseTo(0.2, within(0.01));
    assertThat(share(decoding, 2)).isCloseTo(0.7, within(0.01));
  }

  @Test
  void topPLeavesOutTheUnlikely() {
    Decoding decoding = new Decoding(1, 0.8, 5);

    assertThat(share(decoding, 0)).isZero();
    assertThat(share(decoding, 1)).isCloseTo(2.0 / 9, within(0.01));
  }

  @Test
  void aLowTemperatureIsNearlyGreedy() {
    assertThat(share(new Decoding(0.1, 1, 5), 2)).isGreaterThan(0.99);
    assertThat(share(Decoding.greedy(), 2)).isEqualTo(1);
  }

  @Test
  void sampledTextIsAFunctionOfItsSeedAndNotOfTheTextsBesideIt() throws IOException {
    ComputeThreads.use(1);
    try (Scope scope = Scope.plain()) {
      GoldenModel golden = GoldenModel.open(scope, "opt");
      List<long[]> prompts = golden.rows("input_ids");
      Continuation sampled = new Continuation(new Decoding(1, 0.9, 3), 12, -1);
      List<long[]> together = sampled.of(golden.model(), golden.weights(), prompts);
      List<long[]> alone = sampled.of(golden.model(), golden.weights(), prompts.subList(0, 1));
      Continuation other = new Continuation(new Decoding(1, 0.9, 4), 12, -1);

      assertThat(together.get(0)).isEqualTo(alone.get(0));
      assertThat(other.of(golden.model(), golden.weights(), prompts).get(0))
          .isNotEqualTo(together.get(0));
    }
  }

  @Test
  void whatDoesNotFitTheContextIsRefused() throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenModel golden = GoldenModel.open(scope, "opt");
      Continuation endless = new Continuation(Decoding.greedy(), 100, -1);

      assertThatThrownBy(
              () -> endless.of(golden.model(), golden.weights(), List.of(new long[] {2, 5})))
          .hasMessageContaining("a prompt of 2 tokens and 100 after it do not fit");
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new Decoding(-1, 1, 0)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Decoding(1, 0, 0)).hasMessageContaining("top_p");
  }
}
