package dev.kedge.evaluation;

import dev.kedge.models.torch.Device;
import dev.kedge.report.Measure;
import dev.kedge.report.Scale;
import dev.kedge.report.Scores;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores models by the mean over some suites. What was scored before is not scored again.
 *
 * @param scale what all of the suites are measured in
 */
record ModelScoring(
    List<EvaluateSpec.Suite> suites,
    Scale scale,
    int threads,
    Device device,
    StageContext context,
    Parts parts,
    Sources sources) {
  ModelScoring(
      List<EvaluateSpec.Suite> suites,
      int threads,
      Device device,
      StageContext context,
      Sources sources) {
    this(suites, common(suites), threads, device, context, new Parts(context), sources);
  }

  private static Scale common(List<EvaluateSpec.Suite> suites) {
    List<Scale> scales = suites.stream().map(ModelScoring::scale).distinct().toList();
    if (scales.size() > 1) {
      throw EvaluationRules.refusal(
          "the suites are measured in %s, which have no mean; choose suites of one unit"
              .formatted(scales.stream().map(Scale::unit).toList()));
    }
    return scales.get(0);
  }

  private static Scale scale(EvaluateSpec.Suite suite) {
    return suite.hasLanguage()
        ? Measure.valueOf(suite.getLanguage().getMeasure().name()).scale()
        : Scale.SHARE;
  }

  /** The score of each candidate, in {@link #scale}. */
  List<Double> scores(List<EvaluateSpec.Candidate> candidates) throws IOException {
    List<List<CandidateOnSuite>> pairs = candidates.stream().map(this::pairs).toList();
    new CandidateScoring(context, parts, sources)
        .score(pairs.stream().flatMap(List::stream).toList());
    List<Double> scores = new ArrayList<>();
    for (List<CandidateOnSuite> of : pairs) {
      scores.add(mean(of));
    }
    return scores;
  }

  private List<CandidateOnSuite> pairs(EvaluateSpec.Candidate candidate) {
    Candidate resolved = Candidate.of(candidate);
    return suites.stream()
        .map(suite -> CandidateOnSuite.of(resolved, suite, threads, device))
        .toList();
  }

  private double mean(List<CandidateOnSuite> pairs) throws IOException {
    double sum = 0;
    for (CandidateOnSuite pair : pairs) {
      sum += Scores.of(parts.predictions(pair)).value();
    }
    return sum / pairs.size();
  }
}
