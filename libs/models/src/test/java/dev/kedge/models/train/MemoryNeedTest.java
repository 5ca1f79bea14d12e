package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.language.Decoder;
import dev.kedge.models.language.LanguageConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  private static final Map<String, long[]> SHAPES =
      Map.of("frozen", new long[] {1000, 1000}, "q_proj.weight", new long[] {500, 1000});
  private static final List<String> MOVED = List.of("q_proj.weight");

  @Test
  void theSumIsShownWithItsFactors() {
    MemoryNeed need = run(MOVED, Precision.F32, false).classification(clip(), 1000, 64, 64);

    assertThat(need.bytes())
        .isEqualTo(need.parts().stream().mapToLong(MemoryNeed.Part::bytes).sum());
    assertThat(need.arithmetic())
        .startsWith("all weights 6.0 MB + moved weights and their anchor 4.0 MB + gradients")
        .contains("moments of AdamW 4.0 MB + 1 more copies of the trained weights 2.0 MB")
        .contains("pixels of 64 images 38.5 MB")
        .contains("activations (12 layers kept, 64 sequences of 50 tokens, width 768) 1887.4 MB");
  }

  @Test
  void aSmallerMicroBatchNeedsLess() {
    RunMemory run = run(MOVED, Precision.F32, false);

    assertThat(run.classification(clip(), 1000, 64, 8).bytes())
        .isLessThan(run.classification(clip(), 1000, 64, 64).bytes() / 3);
  }

  @Test
  void layersThatAreComputedAgainKeepTheirOutputsAlone() {
    long kept = run(List.of(), Precision.F32, false).classification(clip(), 10, 64, 64).bytes();
    long again = run(List.of(), Precision.F32, true).classification(clip(), 10, 64, 64).bytes();

    assertThat(again).isLessThan(kept / 2);
  }

  @Test
  void productsInBf16KeepHalf() {
    long wide = run(List.of(), Precision.F32, false).classification(clip(), 10, 64, 64).bytes();
    long narrow = run(List.of(), Precision.BF16, false).classification(clip(), 10, 64, 64).bytes();

    assertThat(narrow).isBetween(wide / 2, wide * 2 / 3);
  }

  @Test
  void adaptersHaveFewMoments() {
    Lora lora = new Lora(2, 2, new LoraTargets(List.of("q_proj")), false, false, 0);
    HeldWeights held = HeldWeights.of(SHAPES, MOVED, Optional.of(lora), 0);

    assertThat(held.trained()).isEqualTo(2 * (500 + 1000));
    assertThat(held.savedBytes()).isEqualTo(3 * 4 * 3000);
  }

  @Test
  void aMixOfTwoModelsHoldsTheirDifferencesAndNoMoments() {
    HeldWeights held = HeldWeights.ofMix(SHAPES, MOVED);

    assertThat(
            new RunMemory(held, Precision.F32, false, false)
                .classification(clip(), 1000, 64, 64)
                .arithmetic())
        .startsWith(
            "weights that are not mixed 4.0 MB + moved weights and their anchor 4.0 MB"
                + " + differences of the two models 2.0 MB + gradients (1 times) 2.0 MB + act");
    assertThat(held.savedBytes()).isZero();
  }

  @Test
  void aTextNeedsARowOfLogitsForEveryScoredToken() {
    RunMemory run = run(MOVED, Precision.F32, false);
    Decoder decoder = opt();

    assertThat(run.language(decoder, 8, 8, 16, 15).arithmetic())
        .contains("8 sequences of 16 tokens, width 64")
        .contains("logits (4 times 120 rows of 512) 1.0 MB");
  }

  @Test
  void aTeachersLogitsCount() {
    HeldWeights held = HeldWeights.of(SHAPES, MOVED, Optional.empty(), 0);
    RunMemory taught = new RunMemory(held, Precision.F32, false, true);

    assertThat(taught.language(opt(), 8, 8, 16, 15).arithmetic())
        .contains("logits (7 times 120 rows of 512)");
  }

  @Test
  void bothTowersCountWherePairsAreCompared() {
    assertThat(run(MOVED, Precision.F32, false).contrastive(clip(), 64, 32).arithmetic())
        .contains("64 sequences of 50 tokens, width 768")
        .contains("32 sequences of 77 tokens, width 512");
  }

  @Test
  void aRunThatDoesNotFitIsRefusedWithTheArithmetic() {
    MemoryNeed need = run(MOVED, Precision.F32, false).classification(clip(), 1000, 64, 64);

    assertThatCode(() -> need.requireWithin(need.bytes(), "")).doesNotThrowAnyException();
    assertThatThrownBy(() -> need.requireWithin(1_000_000_000, "lora needs less"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs more memory than the 1000.0 MB there are: all weights 6.0 MB")
        .hasMessageEndingWith("lora needs less");
  }

  private static RunMemory run(List<String> moved, Precision precision, boolean recomputes) {
    HeldWeights held = HeldWeights.of(SHAPES, moved, Optional.empty(), 1);
    return new RunMemory(held, precision, recomputes, false);
  }

  /** All defaults: ViT-B/32. */
  private static ClipConfig clip() {
    return ClipConfig.of(JsonNodeFactory.instance.objectNode().put("model_type", "clip"));
  }

  private static Decoder opt() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("model_type", "opt");
    json.put("vocab_size", 512).put("hidden_size", 64).put("word_embed_proj_dim", 64);
    json.put("ffn_dim", 256).put("num_hidden_layers", 2).put("num_attention_heads", 2);
    return LanguageConfig.of(json.put("max_position_embeddings", 32)).decoder();
  }
}
