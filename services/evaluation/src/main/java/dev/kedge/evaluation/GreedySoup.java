package dev.kedge.evaluation;

import dev.kedge.report.Scale;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The greedy soup of Wortsman et al. (arXiv 2203.05482): the best candidate begins; each of the
 * others, best first, joins if the mean then does not score worse.
 */
record GreedySoup(ModelScoring scoring, StageContext context) {
  /** Searches; every model that is tried is scored once in its life. */
  SoupSearch of(List<EvaluateSpec.Candidate> candidates) throws IOException {
    List<ScoredCandidate> ranked = bestFirst(candidates);
    List<EvaluateSpec.Candidate> soup = List.of(ranked.get(0).candidate());
    double best = ranked.get(0).score();
    List<SoupSearch.Trial> tried = new ArrayList<>();
    tried.add(trial(soup, best, true));
    for (ScoredCandidate next : ranked.subList(1, ranked.size())) {
      context.checkStopping();
      List<EvaluateSpec.Candidate> larger = with(soup, next.candidate());
      double score = scoring.scores(List.of(mixed(larger))).get(0);
      boolean kept = scoring.scale().loss(score, best) <= 0;
      tried.add(trial(larger, score, kept));
      soup = kept ? larger : soup;
      best = kept ? score : best;
    }
    return new SoupSearch(scoring.scale(), alone(ranked), tried, mixed(soup).getRecipe());
  }

  private List<ScoredCandidate> bestFirst(List<EvaluateSpec.Candidate> candidates)
      throws IOException {
    List<Double> scores = scoring.scores(candidates);
    Scale scale = scoring.scale();
    return IntStream.range(0, candidates.size())
        .mapToObj(i -> new ScoredCandidate(candidates.get(i), scores.get(i)))
        .sorted(Comparator.comparingDouble(one -> -scale.gain(one.score())))
        .toList();
  }

  private SoupSearch.Trial trial(List<EvaluateSpec.Candidate> members, double score, boolean kept) {
    List<String> ids = members.stream().map(EvaluateSpec.Candidate::getId).toList();
    context.info(
        String.format(
            Locale.ROOT,
            "%s score %.6g (%s): %s",
            ids,
            score,
            scoring.scale().unit(),
            kept ? "kept" : "given up"));
    return new SoupSearch.Trial(ids, score, kept);
  }

  private static List<SoupSearch.Alone> alone(List<ScoredCandidate> ranked) {
    return ranked.stream()
        .map(one -> new SoupSearch.Alone(one.candidate().getId(), one.score()))
        .toList();
  }

  private static List<EvaluateSpec.Candidate> with(
      List<EvaluateSpec.Candidate> soup, EvaluateSpec.Candidate more) {
    List<EvaluateSpec.Candidate> larger = new ArrayList<>(soup);
    larger.add(more);
    return larger;
  }

  /** The mean of some candidates; one is itself. */
  private static EvaluateSpec.Candidate mixed(List<EvaluateSpec.Candidate> members) {
    if (members.size() == 1) {
      return members.get(0);
    }
    Recipe.Linear.Builder mean = Recipe.Linear.newBuilder().setNormalise(true);
    members.forEach(one -> mean.addTermsBuilder().setRecipe(one.getRecipe()).setWeight(1));
    return EvaluateSpec.Candidate.newBuilder()
        .setId("soup-of-" + members.size())
        .setRecipe(Recipe.newBuilder().setLinear(mean))
        .build();
  }

  private record ScoredCandidate(EvaluateSpec.Candidate candidate, double score) {}
}
