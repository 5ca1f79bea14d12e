package dev.kedge.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kedge.models.train.BlockRatios;
import dev.kedge.stage.SearchOutput;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a search for ratios tried and found: {@code search.json} and {@code recipe.json}.
 *
 * @param looks the start and every pass
 */
record RatiosFound(AdaptSpec spec, List<RatioLook> looks) {
  /** The file's form. */
  private record Told(
      String search,
      String unit,
      @JsonProperty("lower_is_better") boolean lowerIsBetter,
      double rho,
      double epsilon,
      @JsonProperty("ratio_of") String ratioOf,
      List<RatioLook> tried,
      int best) {}

  /** The ratios with the lowest loss, the earliest of equals. */
  RatioLook best() {
    return looks.stream().min(Comparator.comparingDouble(RatioLook::loss)).orElseThrow();
  }

  StageOutput write(Path folder) throws IOException {
    Told told =
        new Told(
            "adaptive",
            "nats, mean task loss",
            true,
            spec.getRho(),
            BlockRatios.EPSILON,
            Recipe.Blockwise.Side.TUNED.name(),
            looks,
            best().pass());
    return SearchOutput.write(
        folder, recipe(), told, Map.of("loss", best().loss(), "loss_at_rho", looks.get(0).loss()));
  }

  /** Embeddings go with the first block, norm and head with the last. */
  Recipe recipe() {
    List<Double> ratios = best().ratios();
    double last = ratios.get(ratios.size() - 1);
    Recipe mix =
        Recipe.newBuilder()
            .setBlockwise(
                Recipe.Blockwise.newBuilder()
                    .setBase(stored(spec.getBase()))
                    .setTuned(stored(spec.getTuned()))
                    .addAllRatios(ratios)
                    .setEmbeddings(ratios.get(0))
                    .setNorm(last)
                    .setHead(last)
                    .setRatioOf(Recipe.Blockwise.Side.TUNED))
            .build();
    return new MixedTensors(spec).recipe(mix);
  }

  private static Recipe stored(Input checkpoint) {
    return Recipe.newBuilder().setCheckpoint(checkpoint).build();
  }
}
