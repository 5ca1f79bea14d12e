package dev.kedge.models.language;

import dev.kedge.models.checkpoint.InitialValues;
import dev.kedge.tensors.MemoryTensors;
import java.util.Arrays;
import java.util.Map;

/**
 * Random weights for a new language model, with the deviations of its family in transformers:
 * normal around 0 with the configuration's deviation, norms 1, biases 0. GPT-2's maps into the
 * stream of states are drawn smaller by {@code sqrt(2 layers)}. Each tensor is a function of seed,
 * name and shape alone.
 */
public final class LanguageInitialisation {
  private static final double DEVIATION = 0.02;

  private final LanguageConfig config;
  private final InitialValues random;

  private LanguageInitialisation(LanguageConfig config, long seed) {
    this.config = config;
    this.random = new InitialValues(seed);
  }

  /** Makes all tensors of a model. */
  public static MemoryTensors of(LanguageConfig config, long seed) {
    LanguageInitialisation initialisation = new LanguageInitialisation(config, seed);
    MemoryTensors tensors = new MemoryTensors();
    for (Map.Entry<String, long[]> tensor : LanguageTensors.of(config).entrySet()) {
      long count = Arrays.stream(tensor.getValue()).reduce(1, Math::multiplyExact);
      float[] values = initialisation.values(tensor.getKey(), Math.toIntExact(count));
      tensors.put(tensor.getKey(), values, tensor.getValue());
    }
    return tensors;
  }

  private float[] values(String name, int count) {
    if (name.endsWith(".bias")) {
      return new float[count];
    } else if (isNorm(name)) {
      float[] ones = new float[count];
      Arrays.fill(ones, 1);
      return ones;
    }
    return random.normal(name, count, deviation(name));
  }

  private static boolean isNorm(String name) {
    return name.contains("norm") || name.contains(".ln_");
  }

  private double deviation(String name) {
    Settings settings = new Settings(config.json());
    double stated = settings.number("init_std", settings.number("initializer_range", DEVIATION));
    boolean intoStates = name.endsWith(".c_proj.weight");
    return intoStates ? stated / Math.sqrt(2.0 * config.decoder().layers()) : stated;
  }
}
