package dev.kedge.plan;

import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.v1.Average;
import dev.kedge.v1.Method;
import dev.kedge.v1.Task;
import java.util.List;

/**
 * How Fisher information is taken, as a method or an average of the file says it.
 *
 * @param draws of labels for each sample; 0 for once
 * @param captions by which it is taken; empty for the head
 * @param shards stages that share the samples; 0 or 1 for one that does it all
 */
record Information(
    Method.Ewc.Mode mode,
    Method.Ewc.Unit unit,
    int samples,
    int draws,
    List<String> captions,
    int shards) {
  Information {
    captions = List.copyOf(captions);
  }

  static Information of(Method.Ewc ewc) {
    return new Information(
        ewc.getMode(),
        ewc.getUnit(),
        ewc.getSamples(),
        ewc.getDraws(),
        ewc.getCaptionsList(),
        ewc.getShards());
  }

  static Information of(Average.Fisher average) {
    return new Information(
        average.getMode(),
        Method.Ewc.Unit.UNIT_UNSPECIFIED,
        average.getSamples(),
        0,
        average.getCaptionsList(),
        average.getShards());
  }

  static Information of(Average.FisherSoup average) {
    return new Information(
        average.getMode(),
        Method.Ewc.Unit.UNIT_UNSPECIFIED,
        average.getSamples(),
        0,
        average.getCaptionsList(),
        average.getShards());
  }

  /** Finds what is wrong with it for a task. */
  void check(Task task, String path, Problems problems) {
    boolean pictures = task.hasImageClassification();
    problems.requireNotNegative(samples, path + ".samples");
    problems.requireNotNegative(draws, path + ".draws");
    problems.require(
        draws == 0 || mode == Method.Ewc.Mode.SAMPLED,
        path + ".draws",
        "is for mode SAMPLED: leave it out");
    problems.require(
        mode != Method.Ewc.Mode.EXPECTED || pictures,
        path + ".mode",
        "EXPECTED would take a pass for every token of the vocabulary: write SAMPLED or EMPIRICAL");
    problems.require(
        isByCaptions() || !task.getImageClassification().getCosineHead(),
        path,
        "does not go with cosine_head: the Fisher information is known for linear heads only;"
            + " give captions");
    problems.require(
        !isByCaptions() || pictures, path + ".captions", "is for images: leave it out");
    PromptRules.check(captions, path + ".captions", problems);
    problems.require(
        unit == Method.Ewc.Unit.UNIT_UNSPECIFIED || !pictures,
        path + ".unit",
        "is for text: leave it out");
    checkShards(path + ".shards", problems);
  }

  private void checkShards(String path, Problems problems) {
    problems.requireNotNegative(shards, path);
    problems.require(
        samples <= 0 || shards <= samples,
        path,
        "%d samples fill at most as many shards, not %d".formatted(samples, shards));
  }

  boolean isByCaptions() {
    return !captions.isEmpty();
  }

  /** How many stages take it. */
  int stages() {
    return shards > 1 ? shards + 1 : 1;
  }

  /** Writes it; what the file leaves open is all classes for images, the data's labels for text. */
  void describe(FisherSpec.Builder fisher) {
    fisher.setSamples(samples);
    if (mode == Method.Ewc.Mode.SAMPLED) {
      fisher.setMode(FisherSpec.Mode.SAMPLED).setDraws(Math.max(1, draws));
    } else if (!fisher.hasText() && mode != Method.Ewc.Mode.EMPIRICAL) {
      fisher.setMode(FisherSpec.Mode.EXPECTED);
    }
    if (isByCaptions()) {
      fisher.getCaptionsBuilder().addAllTemplates(captions);
    }
    if (fisher.hasText()) {
      fisher.getTextBuilder().setUnitValue(unit.getNumber());
    }
  }
}
