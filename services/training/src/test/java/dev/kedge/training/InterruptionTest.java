package dev.kedge.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.LanguageArchitecture.Family;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever protects a run, and whatever trains: ended at any step, it goes on to the same bytes.
 * Another seed of the steps: {@code -Dkedge.interruption.seed=N}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptionTest {
  private static final long SEED = Long.getLong("kedge.interruption.seed", System.nanoTime());

  /** Methods in the contract's words: DATA, FISHER and FULL stand for digests. */
  static final List<String> METHODS =
      List.of(
          "full {}",
          "lp {}",
          "lp_ft {learning_rate: 0.1 epochs: 1}",
          "l1 {lambda: 1e-4}",
          "l2 {lambda: 0.1}",
          "l2_decoupled {lambda: 1}",
          "ewc {lambda: 1 fisher {artifact: 'FISHER'} normalise: MEAN_ONE}",
          "kd_logits {lambda: 1 temperature: 2}",
          "kd_features {lambda: 0.1}",
          "ldifs {lambda: 0.1}",
          "lora {rank: 2 alpha: 4 targets: 'q_proj' targets: 'fc1' train_head: true}",
          "replay {fraction: 0.25 data {DATA}}",
          "early_stop {patience: 9 every_steps: 2 validation {DATA}}",
          "early_stop {patience: 1 every_steps: 1 validation {DATA}}",
          "ema {decay: 0.9}",
          "l2 {lambda: 0.5 relative_to {artifact: 'FULL'}}",
          "ewc {lambda: 0.5 fisher {artifact: 'FISHER'} relative_to {artifact: 'FULL'}}",
          "kd_logits {lambda: 0.5 temperature: 1 relative_to {artifact: 'FULL'}}",
          "lora {rank: 2 alpha: 4 targets: 'v_proj'} kd_features {lambda: 1}",
          "l2 {lambda: 0.1} ema {decay: 0.5}",
          "lora {rank: 2 alpha: 4 targets: 'q_proj'} ema {decay: 0.5} l1 {lambda: 1e-3}"
              + " replay {fraction: 0.25 data {DATA}} early_stop {patience: 9 validation {DATA}}");

  private final Random random = new Random(SEED);
  private SmallBases bases;

  @BeforeAll
  void basesAreTrained(@TempDir Path disk) throws IOException {
    System.out.println("InterruptionTest: seed of the steps " + SEED);
    bases = new SmallBases(disk);
  }

  @ParameterizedTest
  @FieldSource("METHODS")
  void anImageClassifierGoesOnToTheSameBytes(String method) throws IOException {
    assertSameBytesAfterAnEnd(images(method));
  }

  @ParameterizedTest
  @FieldSource("METHODS")
  void aLanguageModelGoesOnToTheSameBytes(String method) throws IOException {
    assertSameBytesAfterAnEnd(answers(Family.OPT, method, "precision: F32"));
  }

  @ParameterizedTest
  @MethodSource("otherFamilies")
  void everyFamilyGoesOnToTheSameBytes(Family family, String method) throws IOException {
    assertSameBytesAfterAnEnd(answers(family, method, "precision: F32 recompute: true"));
  }

  static Stream<Object[]> otherFamilies() {
    Map<Family, String> projections = Map.of(Family.GPT2, "c_attn");
    return Stream.of(
            Family.GALACTICA, Family.GPT2, Family.LLAMA, Family.MISTRAL, Family.QWEN2, Family.QWEN3)
        .flatMap(
            family ->
                Stream.of("full {}", "lora {rank: 2 alpha: 4 targets: '%s'}")
                    .map(text -> text.formatted(projections.getOrDefault(family, "q_proj")))
                    .map(method -> new Object[] {family, method}));
  }

  @Test
  void contrastiveFineTuningGoesOnToTheSameBytes() throws IOException {
    assertSameBytesAfterAnEnd(images("flyp {}"));
  }

  @Test
  void plainTextGoesOnToTheSameBytes() throws IOException {
    assertSameBytesAfterAnEnd(plainText("l2 {lambda: 0.1}"));
  }

  @Test
  void smallNumbersGoOnToTheSameBytes() throws IOException {
    String method = "kd_logits {lambda: 1 temperature: 1} ema {decay: 0.5}";
    assertSameBytesAfterAnEnd(answers(Family.OPT, method, "precision: BF16"));
  }

  private void assertSameBytesAfterAnEnd(TrainSpec spec) throws IOException {
    TestingContext whole = bases.context("whole");
    Map<String, Path> undisturbed = SmallBases.output(spec, whole).files();
    int at = 1 + random.nextInt(steps(whole) - 1);
    TestingContext ended = random.nextBoolean() ? stopped(spec, at) : killed(spec, at);

    TestingContext next = ended.next(bases.context("next").scratch());
    Map<String, Path> resumed = SmallBases.output(spec, next).files();

    assertThat(resumed.keySet()).isEqualTo(undisturbed.keySet());
    undisturbed.forEach(
        (file, path) ->
            assertThat(resumed.get(file))
                .as("%s after an end at step %d; seed %d", file, at, SEED)
                .hasSameBinaryContentAs(path));
  }

  /** Told to stop: everything up to the step is saved. */
  private TestingContext stopped(TrainSpec spec, int at) throws IOException {
    TestingContext context = bases.context("stopped");
    context.stopWhen(() -> steps(context) >= at);
    assertThatThrownBy(() -> SmallBases.output(spec, context)).isInstanceOf(StageStopped.class);
    assertThat(context.resumed()).isPresent();
    return context;
  }

  /** Ended without a word: what was saved before is all there is. */
  private TestingContext killed(TrainSpec spec, int at) throws IOException {
    TestingContext context = bases.context("killed");
    context.stopWhen(
        () -> {
          if (steps(context) >= at) {
            throw new IllegalStateException("killed");
          }
          return false;
        });
    assertThatThrownBy(() -> SmallBases.output(spec, context)).hasMessage("killed");
    return context;
  }

  private static int steps(TestingContext context) {
    return (int) context.progress.stream().filter(each -> each.getUnit().equals("steps")).count();
  }

  private TrainSpec images(String method) throws IOException {
    String clip = bases.clip();
    String data = part(SmallBases.PICTURES);
    String task = "classification {train {%s} templates: 'a {} thing'}".formatted(data);
    String optimisation = optimisation("precision: F32 augmentation {flip: true shift_pixels: 2}");
    return spec(clip, task, optimisation, method, data);
  }

  private TrainSpec answers(Family family, String method, String precision) throws IOException {
    String data = part(SmallBases.QUESTIONS);
    String task =
        "instruction {train {%s} prompt: '{question}' answer: ' {choices[answer]}'}"
            .formatted(data);
    String optimisation = optimisation(precision + " dropout: 0.1");
    return spec(bases.language(family), task, optimisation, method, data);
  }

  private TrainSpec plainText(String method) throws IOException {
    String data = part(SmallBases.TEXTS);
    String task = "language_modelling {sources {%s} block_tokens: 20}".formatted(data);
    String optimisation = optimisation("precision: F32 dropout: 0.1");
    return spec(bases.language(Family.OPT), task, optimisation, method, data);
  }

  private TrainSpec spec(String base, String task, String optimisation, String method, String data)
      throws IOException {
    String common =
        "base {artifact: '%s'} %s optimisation {%s}".formatted(base, task, optimisation);
    String words = method.replace("DATA", data);
    if (words.contains("FISHER")) {
      words = words.replace("FISHER", bases.fisher(base));
    }
    if (words.contains("FULL")) {
      TrainSpec full = parse(common + " method {full {}}");
      words = words.replace("FULL", bases.trained("full-of-" + base.substring(7), full));
    }
    return parse(common + " method {" + words + "}");
  }

  private static String part(String dataset) {
    return "dataset {artifact: '%s'} part: ALL".formatted(dataset);
  }

  private static String optimisation(String more) {
    return "epochs: 2 batch_size: 8 micro_batch: 3 learning_rate: 0.003 weight_decay: 0.1"
        + " warmup_steps: 2 schedule: COSINE clip_norm: 1 seed: 3 threads: 1 "
        + more;
  }

  private static TrainSpec parse(String text) throws TextFormat.ParseException {
    return TextFormat.parse(text, TrainSpec.class);
  }
}
