package dev.kedge.models.train;

import static dev.kedge.models.Golden.assertClose;
import static dev.kedge.models.Golden.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.Golden;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ten steps of PyTorch's: settings, every step's numbers, the weights at the end. */
record GoldenTrace(Golden golden, String name, JsonNode json) {
  static GoldenTrace open(Golden golden, String name) throws IOException {
    return new GoldenTrace(golden, name, golden.json(name + "/steps.json"));
  }

  JsonNode hyper(String key) {
    return json.get("hyper").get(key);
  }

  double tolerance(String key) {
    return json.get("advised_atol").get(key).asDouble();
  }

  Descent descent() {
    return new Descent(schedule(), hyper("weight_decay").asDouble(), hyper("clip_norm").asDouble());
  }

  private Schedule schedule() {
    double rate = hyper("lr").asDouble();
    int warmup = hyper("warmup_steps").asInt();
    int steps = hyper("total_steps").asInt();
    return switch (hyper("schedule").asText()) {
      case "wiseft" -> Schedule.cosine(rate, warmup, steps);
      case "hf" -> step -> cosineFromZero(step, rate, warmup, steps);
      case "constant" -> Schedule.constant(rate, 0);
      default -> throw new IllegalArgumentException(hyper("schedule").asText());
    };
  }

  /** Linear warm-up {@code s/warmup}, then half a cosine to 0: transformers' schedule. */
  private static double cosineFromZero(int step, double peak, int warmup, int steps) {
    return step < warmup
        ? peak * step / warmup
        : peak * 0.5 * (1 + Math.cos(Math.PI * (step - warmup) / (steps - warmup)));
  }

  /** Runs all steps and compares each. */
  void assertSteps(TrainingLoop<?> loop) {
    assertSteps(loop, Integer.MAX_VALUE);
  }

  /** Runs all steps and compares each: from one on, roughly. */
  void assertSteps(TrainingLoop<?> loop, int roughFrom) {
    Map<String, Double> largest = new LinkedHashMap<>();
    for (JsonNode expected : json.get("steps")) {
      StepReport actual = loop.step();
      double slack = actual.step() < roughFrom ? 1 : 1000;
      double sum = slack * tolerance("penalty_and_total");
      compare(largest, actual, "rate", actual.rate(), expected.get("lr"), 1e-15);
      compare(
          largest,
          actual,
          "task loss",
          actual.taskLoss(),
          expected.get("task_loss"),
          slack * tolerance("task_loss"));
      compare(
          largest, actual, "penalty", actual.addedLoss(), expected.get("penalty_weighted"), sum);
      compare(largest, actual, "total loss", actual.totalLoss(), expected.get("total_loss"), sum);
      compare(
          largest,
          actual,
          "gradient norm",
          actual.gradientNorm(),
          expected.get("grad_norm_before_clip"),
          slack * tolerance("grad_norm"));
    }
    System.out.printf("%s: largest errors %s%n", name, largest);
  }

  /** Compares a number and keeps the largest error of its kind. */
  private void compare(
      Map<String, Double> largest,
      StepReport step,
      String what,
      double actual,
      JsonNode expected,
      double atol) {
    assertThat(actual)
        .as("%s, step %d, %s".formatted(name, step.step(), what))
        .isEqualTo(expected.asDouble(), within(atol));
    largest.merge(what, Math.abs(actual - expected.asDouble()), Math::max);
  }

  void assertFinalWeights(TrainingLoop<?> loop) throws IOException {
    JsonNode illConditioned = json.get("measured_error").get("ill_conditioned_tensors");
    TensorSource expected = golden.tensors(name + "/final.safetensors");
    double worst = 0;
    for (String tensor : expected.specs().keySet()) {
      double atol =
          tolerance(illConditioned.has(tensor) ? "ill_conditioned_tensors" : "final_weights");
      float[] actual = loop.trained().get(tensor).floats();
      double difference = largestDifference(tensor, actual, expected.floats(tensor));
      assertThat(difference).as("%s, %s", name, tensor).isLessThanOrEqualTo(atol);
      worst = Math.max(worst, difference / atol);
    }
    System.out.printf("%s: weights within %.2g of what is allowed%n", name, worst);
  }

  void assertLogits(float[] actual) throws IOException {
    TensorSource expected = golden.tensors(name + "/logits_batch0_after_training.safetensors");
    String only = expected.specs().keySet().iterator().next();
    assertClose(name + ", logits", actual, expected.floats(only), tolerance("logits"));
  }
}
