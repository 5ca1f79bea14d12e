package dev.kedge.gateway.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.train.HeadForm;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What a model's configuration says before any weight is loaded. */
sealed interface ModelOutline {
  /** Names of the tensors that a method trains at its own rate. */
  Set<String> trainable(ExperimentSpec spec, Method method);

  /** Shapes of the matrices that may have adapters, by name. */
  Map<String, long[]> matrices();

  /** Most tokens of a sequence; none where the model reads no texts of their own. */
  OptionalInt context();

  /** The outline of a registered model. */
  static ModelOutline of(JsonNode config) {
    return config.path("model_type").asText("clip").equals("clip")
        ? new OfClip(ClipConfig.of(config))
        : new OfLanguage(LanguageConfig.of(config));
  }

  /** Matrices among tensors, apart from tables that are looked up and heads. */
  private static Map<String, long[]> matrices(Map<String, long[]> tensors, List<String> tables) {
    Map<String, long[]> matrices = new LinkedHashMap<>(tensors);
    matrices.values().removeIf(shape -> shape.length != 2);
    matrices.keySet().removeIf(HeadForm::holds);
    matrices.keySet().removeAll(tables);
    return matrices;
  }

  /** A CLIP, of which a classifier is made from the image side. */
  record OfClip(ClipConfig config) implements ModelOutline {
    @Override
    public Set<String> trainable(ExperimentSpec spec, Method method) {
      if (!spec.getTask().hasImageClassification() || method.hasFlyp()) {
        return ClipTensors.of(config).keySet();
      }
      boolean cosine = spec.getTask().getImageClassification().getCosineHead();
      Set<String> names = new LinkedHashSet<>(ClipTensors.vision(config).keySet());
      names.addAll((cosine ? HeadForm.COSINE : HeadForm.LINEAR).names());
      return names;
    }

    @Override
    public Map<String, long[]> matrices() {
      return ModelOutline.matrices(ClipTensors.vision(config), List.of(ClipTensors.POSITIONS));
    }

    @Override
    public OptionalInt context() {
      return OptionalInt.empty();
    }
  }

  /** A language model. */
  record OfLanguage(LanguageConfig config) implements ModelOutline {
    /** A probe gives a tied model a head of its own. */
    @Override
    public Set<String> trainable(ExperimentSpec spec, Method method) {
      return LanguageTensors.of(method.hasLpFt() ? config.untied() : config).keySet();
    }

    @Override
    public Map<String, long[]> matrices() {
      return ModelOutline.matrices(
          LanguageTensors.of(config),
          List.of(LanguageTensors.tokens(config), LanguageTensors.positions(config)));
    }

    @Override
    public OptionalInt context() {
      return OptionalInt.of(config.decoder().context());
    }
  }
}
