package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;

/** The penalty that needs the importance of every weight. */
final class EwcPart extends MethodPart {
  EwcPart() {
    super("ewc");
  }

  @Override
  void check(Method method, MethodRules.Place place) {
    Method.Ewc ewc = method.getEwc();
    place.problems().requireNotNegative(ewc.getSamples(), place.at("samples"));
    place.problems().requireNotNegative(ewc.getDraws(), place.at("draws"));
    place.problems().requireNotNegative(ewc.getClip(), place.at("clip"));
    place
        .problems()
        .require(
            ewc.getDraws() == 0 || ewc.getMode() == Method.Ewc.Mode.SAMPLED,
            place.at("draws"),
            "is for mode SAMPLED: leave it out");
    place
        .problems()
        .require(
            ewc.getMode() != Method.Ewc.Mode.EXPECTED || place.task().hasImageClassification(),
            place.at("mode"),
            "EXPECTED would take a pass for every token of the vocabulary: write SAMPLED or EMPIRICAL");
    place
        .problems()
        .require(
            isByCaptions(method) || !place.task().getImageClassification().getCosineHead(),
            place.path(),
            "does not go with cosine_head: the Fisher information is known for linear heads only;"
                + " give captions");
    checkCaptions(ewc, place);
    place
        .problems()
        .require(
            ewc.getUnit() == Method.Ewc.Unit.UNIT_UNSPECIFIED
                || !place.task().hasImageClassification(),
            place.at("unit"),
            "is for text: leave it out");
  }

  private static void checkCaptions(Method.Ewc ewc, MethodRules.Place place) {
    place
        .problems()
        .require(
            ewc.getCaptionsCount() == 0 || place.task().hasImageClassification(),
            place.at("captions"),
            "is for images: leave it out");
    PromptRules.check(ewc.getCaptionsList(), place.at("captions"), place.problems());
  }

  private static boolean isByCaptions(Method method) {
    return method.getEwc().getCaptionsCount() > 0;
  }

  @Override
  boolean needsTaskClasses(Method method) {
    return !isByCaptions(method);
  }

  @Override
  void complete(Method method, MethodSpec.Builder spec, Supplies supplies) {
    spec.getEwcBuilder().setFisher(supplies.fisher(method.getEwc(), method.hasLpFt()));
  }
}
