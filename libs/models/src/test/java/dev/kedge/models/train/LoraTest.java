package dev.kedge.models.train;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Kernels;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoraTest {
  private static final String WEIGHT = "layers.0.q_proj.weight";
  private static final int OUT = 5;
  private static final int IN = 7;
  private static final double SCALE = 2;

  /** Penalties of (α/r)·B·A as functions that autograd can differentiate. */
  private static final Kernels KERNELS =
      Kernels.ofText(
          """
          def way(self, a: Tensor, b: Tensor, scale: float) -> Tensor:
            return torch.mul(torch.matmul(b, a), scale)

          def l1(self, a: Tensor, b: Tensor, f: Tensor, scale: float) -> Tensor:
            return torch.sum(torch.abs(self.way(a, b, scale)))

          def l2(self, a: Tensor, b: Tensor, f: Tensor, scale: float) -> Tensor:
            d = self.way(a, b, scale)
            return torch.sum(torch.mul(d, d))

          def ewc(self, a: Tensor, b: Tensor, f: Tensor, scale: float) -> Tensor:
            d = self.way(a, b, scale)
            return torch.mul(torch.sum(torch.mul(f, torch.mul(d, d))), 0.5)
          """);

  private final Scope scope = Scope.plain();

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private Tensor noise(long seed, long... shape) {
    Random random = new Random(seed);
    float[] values = new float[(int) Tensor.count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(scope, values, shape);
  }

  private Weights anchor(boolean transposed) {
    Tensor weight = transposed ? noise(1, IN, OUT) : noise(1, OUT, IN);
    return new Weights(Map.of(WEIGHT, weight));
  }

  private static Lora lora(boolean transposed, String... targets) {
    return new Lora(3, 6, new LoraTargets(List.of(targets)), true, transposed, 11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"l1", "l2", "ewc"})
  void aPenaltysGradientReachesAdaptersAsAutogradSays(String name) {
    Tensor fisher = noise(2, OUT, IN);
    Protection penalty =
        switch (name) {
          case "l1" -> new L1(1, PenaltyScope.ALL);
          case "l2" -> new L2(1, PenaltyScope.ALL);
          default -> new Ewc(1, PenaltyScope.ALL, new Weights(Map.of(WEIGHT, fisher)));
        };
    MovedWeights weights =
        MovedWeights.of(scope, anchor(false), List.of(lora(false, "q_proj"), penalty));
    weights.trained().get(LowRank.b(WEIGHT)).set(noise(3, OUT, 3).floats());
    weights.refresh(scope);

    Weights sums = weights.anchor().named(List.of(Tensor.of(scope, new float[OUT * IN], OUT, IN)));
    penalty.penalty(weights.anchor()).orElseThrow().addGradient(scope, weights.moved(), sums);
    Weights pulled = weights.pullBack(scope, sums);

    List<Tensor> expected = autograd(name, weights.trained(), fisher);
    assertClose("A", pulled.get(LowRank.a(WEIGHT)).floats(), expected.get(0).floats(), 1e-4);
    assertClose("B", pulled.get(LowRank.b(WEIGHT)).floats(), expected.get(1).floats(), 1e-4);
  }

  private List<Tensor> autograd(String penalty, Weights trained, Tensor fisher) {
    try (Scope tape = Scope.recording()) {
      Tensor a = trained.get(LowRank.a(WEIGHT));
      Tensor b = trained.get(LowRank.b(WEIGHT));
      Tensor value = KERNELS.tensor(tape, penalty, a, b, fisher, SCALE);
      List<Tensor> gradients = Autograd.gradients(tape, value, List.of(a, b));
      gradients.forEach(gradient -> scope.take(gradient, tape));
      return gradients;
    }
  }

  @Test
  void aWeightThatStandsTheOtherWayRoundIsAdaptedTheOtherWayRound() {
    MovedWeights upright = MovedWeights.of(scope, anchor(false), List.of(lora(false, "q_proj")));
    MovedWeights lying = MovedWeights.of(scope, anchor(true), List.of(lora(true, "q_proj")));
    for (MovedWeights each : List.of(upright, lying)) {
      each.trained().get(LowRank.b(WEIGHT)).set(noise(3, OUT, 3).floats());
      each.refresh(scope);
    }
    float[] ways = way(upright);
    float[] turned = way(lying);

    for (int out = 0; out < OUT; out++) {
      for (int in = 0; in < IN; in++) {
        assertThat(turned[in * OUT + out])
            .isCloseTo(ways[out * IN + in], org.assertj.core.api.Assertions.within(1e-5f));
      }
    }
  }

  private float[] way(MovedWeights weights) {
    float[] end = weights.moved().get(WEIGHT).floats();
    float[] start = weights.anchor().get(WEIGHT).floats();
    for (int i = 0; i < end.length; i++) {
      end[i] -= start[i];
    }
    return end;
  }

  @Test
  void anAdapterStartsAtTheAnchorWithASeededA() {
    MovedWeights one = MovedWeights.of(scope, anchor(false), List.of(lora(false, "q_proj")));
    MovedWeights same = MovedWeights.of(scope, anchor(false), List.of(lora(false, "q_proj")));

    one.refresh(scope);
    assertThat(way(one)).containsOnly(0);
    float[] a = one.trained().get(LowRank.a(WEIGHT)).floats();
    assertThat(a).isEqualTo(same.trained().get(LowRank.a(WEIGHT)).floats());
    assertThat(a).doesNotHaveDuplicates();
    for (float value : a) {
      assertThat(Math.abs(value)).isLessThan((float) (1 / Math.sqrt(IN)));
    }
  }

  @Test
  void aTargetThatMatchesNothingIsNamedWithWhatThereIs() {
    List<String> names =
        List.of("layers.0.q_proj.weight", "layers.0.q_proj.bias", "layers.0.v_proj.weight");

    assertThatThrownBy(() -> lora(false, "q_proj", "query").moved(names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'query' matches no weight that trains; there are [q_proj, v_proj]");
    assertThat(lora(false, "q_proj").moved(names)).containsExactly("layers.0.q_proj.weight");
  }

  @Test
  void aTableTakesNoAdapter() {
    assertThatThrownBy(() -> lora(false, "wte").moved(List.of("transformer.wte.weight")))
        .hasMessageContaining("transformer.wte.weight is a table");
  }

  @Test
  void aVectorTakesNoAdapter() {
    Weights norm = new Weights(Map.of("layer_norm.weight", noise(1, IN)));

    assertThatThrownBy(() -> lora(false, "layer_norm").parametrisation(norm))
        .hasMessageContaining("layer_norm.weight has shape [7]; only matrices");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lora", "lora_frozen_head"})
  void anAdapterOfPeftMergesAsPeftMergesIt(String trace) throws IOException {
    GoldenRun golden = new GoldenRun(scope, trace);
    Path folder = golden.golden.folder().resolve(trace);

    LoraAdapter adapter = LoraAdapter.read(folder.resolve("adapter"));
    TensorSource base = golden.golden.tensors("base/model.safetensors");
    TensorSource merged = adapter.onto(base);

    TensorSource expected = golden.golden.tensors(trace + "/merged_qv.safetensors");
    assertThat(merged.specs()).isEqualTo(base.specs());
    for (String name : base.specs().keySet()) {
      boolean adapted = expected.specs().containsKey(name);
      float[] wanted = (adapted ? expected : base).floats(name);
      assertClose(name, merged.floats(name), wanted, adapted ? 1e-6 : 0);
    }
  }

  @Test
  void anAdapterSurvivesItsFilesAndMergesToTheResult(@TempDir Path folder) throws IOException {
    GoldenRun golden = new GoldenRun(scope, "lora");
    try (TrainingLoop<LabelledBatch> loop = golden.loop(1)) {
      loop.step();
      loop.step();
      loop.adapter().orElseThrow().write(folder);

      LoraAdapter read = LoraAdapter.read(folder);
      assertThat(read.config()).isEqualTo(loop.adapter().orElseThrow().config());
      TensorSource merged = read.onto(golden.golden.tensors("base/model.safetensors"));
      TensorSource result = loop.result();
      for (String module : read.config().modules()) {
        String name = module + ".weight";
        assertClose(name, merged.floats(name), result.floats(name), 1e-7);
      }
      assertThat(result.specs().keySet()).contains(HeadForm.ROWS);
    }
  }

  @Test
  void aHeadOfTheModelIsKeptWholeAndTransposedMatricesAreMergedAsTheyLie(@TempDir Path folder)
      throws IOException {
    MemoryTensors adapters = new MemoryTensors();
    adapters.put("h.c_attn.lora_A.weight", new float[] {1, 2}, 1, 2);
    adapters.put("h.c_attn.lora_B.weight", new float[] {10, 20, 30}, 3, 1);
    adapters.put("lm_head.weight", new float[] {7, 8}, 1, 2);
    new LoraAdapter(new LoraConfig(1, 2, true, List.of("h.c_attn"), List.of("lm_head")), adapters)
        .write(folder);
    MemoryTensors base = new MemoryTensors();
    base.put("h.c_attn.weight", new float[] {1, 1, 1, 2, 2, 2}, 2, 3);
    base.put("lm_head.weight", new float[] {0, 0}, 1, 2);

    LoraAdapter read = LoraAdapter.read(folder);
    TensorSource merged = read.onto(base);

    assertThat(merged.floats("h.c_attn.weight")).containsExactly(21, 41, 61, 42, 82, 122);
    assertThat(merged.floats("lm_head.weight")).containsExactly(7, 8);
    assertThatThrownBy(() -> read.onto(base.only(name -> !name.startsWith("lm_head"))))
        .hasMessageContaining(
            "the adapter changes lm_head.weight of shape [1, 2], but the base has nothing");
  }

  @Test
  void whatIsMoreThanPlainLoraIsRefused(@TempDir Path folder) throws IOException {
    java.nio.file.Files.writeString(
        folder.resolve(LoraConfig.NAME),
        "{\"peft_type\": \"LORA\", \"r\": 4, \"lora_alpha\": 8, \"use_rslora\": true}");

    assertThatThrownBy(() -> LoraAdapter.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use_rslora is true; only plain LoRA is known, with false");
  }
}
