package dev.kedge.models.language;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Every family against transformers, within the tolerances stated with the numbers. */
class LanguageGoldenTest {
  private final Scope scope = Scope.plain();

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private void check(GoldenModel golden, String name, Tensor actual) throws IOException {
    TensorSource wanted = golden.golden().tensors("expected.safetensors");
    assertClose(name, actual.floats(), wanted.floats(name), golden.tolerance(name));
  }

  @EveryFamily
  void theLogitsAfterEveryTokenAreThoseOfTransformers(String variant) throws IOException {
    GoldenModel golden = GoldenModel.open(scope, variant);
    for (int prompt = 0; prompt < 2; prompt++) {
      long[] ids = golden.rows("input_ids").get(prompt);
      TokenBatch batch = TokenBatch.of(List.of(GoldenModel.everyToken(ids)));
      check(golden, "logits_prompt" + prompt, golden.logits(scope, batch));
    }
  }

  @EveryFamily
  void promptsPaddedOnTheRightHaveTheLogitsTheyHaveAlone(String variant) throws IOException {
    GoldenModel golden = GoldenModel.open(scope, variant);
    TokenBatch batch =
        TokenBatch.of(golden.rows("input_ids").stream().map(GoldenModel::lastToken).toList());
    Tensor logits = golden.logits(scope, batch);

    check(golden, "single_last_logits", logits);
    check(golden, "right_last_logits_mask_positions", logits);
  }

  @EveryFamily
  void promptsPaddedOnTheLeftHaveTheLogitsOfTransformers(String variant) throws IOException {
    GoldenModel golden = GoldenModel.open(scope, variant);
    long[] ids = golden.golden().longs("expected.safetensors", "left_input_ids");
    int tokens = ids.length / golden.rows("input_ids").size();
    long[] starts =
        golden.rows("input_ids").stream().mapToLong(prompt -> tokens - prompt.length).toArray();
    try (SeenTokens seen = new SeenTokens(golden.model(), golden.weights(), starts)) {
      float[] logits = flat(seen.see(ids));
      String name = "left_last_logits_mask_positions";
      float[] wanted = golden.golden().tensors("expected.safetensors").floats(name);
      assertClose(name, logits, wanted, golden.tolerance(name));
    }
  }

  private static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    return all;
  }

  @EveryFamily
  void continuationsHaveTheProbabilitiesOfTransformers(String variant) throws IOException {
    GoldenModel golden = GoldenModel.open(scope, variant);
    List<AnswerSequence> sequences = new ArrayList<>();
    List<long[]> prompts = golden.rows("input_ids");
    List<long[]> answers = golden.rows("continuation_ids_without_special_tokens");
    for (int i = 0; i < prompts.size(); i++) {
      sequences.add(AnswerSequence.of("" + i, prompts.get(i), answers.get(i), 80));
    }
    TokenBatch batch = TokenBatch.of(sequences);
    Tensor states = golden.model().states(scope, golden.weights(), batch);
    Tensor actual =
        golden.model().logLikelihoods(scope, golden.weights(), states, batch.targets(scope));
    List<Float> wanted = new ArrayList<>();
    golden
        .expected()
        .get("continuation_logprobs")
        .forEach(row -> row.forEach(value -> wanted.add(value.floatValue())));
    float[] values = new float[wanted.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = wanted.get(i);
    }
    assertClose(variant, actual.floats(), values, golden.tolerance("continuation_logprobs"));
  }

  @EveryFamily
  void answersBehindASharedPromptCostWhatTheyCostAlone(String variant) throws IOException {
    GoldenModel golden = GoldenModel.open(scope, variant);
    List<long[]> prompts = golden.rows("input_ids");
    List<long[]> answers =
        golden.rows("continuation_ids_without_special_tokens").stream()
            .map(answer -> Arrays.copyOf(answer, Math.min(8, answer.length)))
            .toList();
    List<AnswerSequence> alone = new ArrayList<>();
    List<AnswerTree> together = new ArrayList<>();
    for (long[] prompt : prompts) {
      List<AnswerSequence> each =
          answers.stream().map(answer -> AnswerSequence.of("", prompt, answer, 80)).toList();
      alone.addAll(each);
      together.add(AnswerTree.of(each));
      assertThat(together.get(together.size() - 1).shared()).isEqualTo(prompt.length - 1);
    }
    assertClose(
        variant,
        logLikelihoods(golden, TokenBatch.ofTrees(together)),
        logLikelihoods(golden, TokenBatch.of(alone)),
        1e-5);
  }

  private float[] logLikelihoods(GoldenModel golden, TokenBatch batch) {
    Tensor states = golden.model().states(scope, golden.weights(), batch);
    return golden
        .model()
        .logLikelihoods(scope, golden.weights(), states, batch.targets(scope))
        .floats();
  }

  @EveryFamily
  void greedyTextIsThatOfTransformers(String variant) throws IOException {
    GoldenModel golden = GoldenModel.open(scope, variant);
    List<long[]> written =
        new Continuation(Decoding.greedy(), 16, -1)
            .of(golden.model(), golden.weights(), golden.rows("input_ids"));
    List<long[]> wanted = golden.rows("greedy16_ids_no_eos_stop");
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(written.get(i)).as("prompt " + i).isEqualTo(wanted.get(i));
    }
    try (WholeTexts whole = new WholeTexts(golden.golden().folder())) {
      List<String> texts = written.stream().map(whole::of).toList();
      assertThat(texts).isEqualTo(golden.texts("greedy16_text"));
    }
  }

  @EveryFamily
  void aTextStopsAtItsEndAsInTransformers(String variant) throws IOException {
    GoldenModel golden = GoldenModel.open(scope, variant);
    long end = golden.expected().get("eos_token_id").asLong();
    List<long[]> written =
        new Continuation(Decoding.greedy(), 16, end)
            .of(golden.model(), golden.weights(), golden.rows("input_ids"));
    List<long[]> wanted = golden.rows("generate_left_padded_batch_with_eos_stop");
    for (int i = 0; i < wanted.size(); i++) {
      // transformers fills up behind the end.
      long[] upToEnd = Arrays.copyOf(wanted.get(i), written.get(i).length);
      assertThat(written.get(i)).as("prompt " + i).isEqualTo(upToEnd);
    }
  }
}
