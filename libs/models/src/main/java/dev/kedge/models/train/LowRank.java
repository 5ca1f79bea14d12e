package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@link Lora} at work: W = W0 + s·B·A with s = α/r. The model reads W, and losses and penalties
 * are differentiated for W; their gradient G comes back as ∂A = s·Bᵀ·G and ∂B = s·G·Aᵀ.
 *
 * @param lora the settings
 * @param anchor all moved weights at the start
 * @param derived names of the adapted ones; the others train themselves
 */
record LowRank(Lora lora, Weights anchor, List<String> derived) implements Parametrisation {
  LowRank {
    for (String name : derived) {
      long[] shape = anchor.get(name).shape();
      if (shape.length != 2) {
        throw new IllegalArgumentException(
            "lora.targets: %s has shape %s; only matrices take adapters"
                .formatted(name, Arrays.toString(shape)));
      }
    }
  }

  static String a(String weight) {
    return LoraTargets.module(weight) + ".lora_A" + LoraTargets.WEIGHT;
  }

  static String b(String weight) {
    return LoraTargets.module(weight) + ".lora_B" + LoraTargets.WEIGHT;
  }

  /** The weight that an adapter stands for; any other name is its own. */
  static String adapted(String name) {
    return name.replace(".lora_A" + LoraTargets.WEIGHT, LoraTargets.WEIGHT)
        .replace(".lora_B" + LoraTargets.WEIGHT, LoraTargets.WEIGHT);
  }

  @Override
  public Weights start(Scope scope) {
    Map<String, Tensor> start = new LinkedHashMap<>();
    for (String name : derived) {
      long[] shape = anchor.get(name).shape();
      int out = (int) shape[lora.transposed() ? 1 : 0];
      int in = (int) shape[lora.transposed() ? 0 : 1];
      start.put(a(name), Tensor.of(scope, uniform(name, in), lora.rank(), in));
      start.put(b(name), Tensor.of(scope, new float[out * lora.rank()], out, lora.rank()));
    }
    anchor.names().stream()
        .filter(name -> !derived.contains(name))
        .forEach(name -> start.put(name, anchor.get(name)));
    return new Weights(start);
  }

  private float[] uniform(String name, int in) {
    SplittableRandom random = new SplittableRandom(31 * lora.seed() + name.hashCode());
    double bound = 1 / Math.sqrt(in);
    float[] values = new float[lora.rank() * in];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  @Override
  public Weights derive(Scope scope, Weights trained) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (String name : derived) {
      weights.put(
          name,
          KERNELS.tensor(
              scope,
              "adapted",
              anchor.get(name),
              trained.get(a(name)),
              trained.get(b(name)),
              lora.scale(),
              lora.transposed()));
    }
    return new Weights(weights);
  }

  @Override
  public Weights pullBack(Scope scope, Weights trained, Weights gradients) {
    Map<String, Tensor> pulled = new LinkedHashMap<>();
    for (String name : derived) {
      List<Tensor> both =
          KERNELS.tensors(
              scope,
              "adapter_gradients",
              gradients.get(name),
              trained.get(a(name)),
              trained.get(b(name)),
              lora.scale(),
              lora.transposed());
      pulled.put(a(name), both.get(0));
      pulled.put(b(name), both.get(1));
    }
    trained.names().stream()
        .filter(gradients.names()::contains)
        .forEach(name -> pulled.put(name, gradients.get(name)));
    return new Weights(pulled);
  }
}
