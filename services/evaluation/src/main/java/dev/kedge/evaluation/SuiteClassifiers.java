package dev.kedge.evaluation;

import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The models as classifiers of a suite, one for each candidate on it.
 *
 * @param all in the order of the candidates
 */
record SuiteClassifiers(List<SuiteClassifier> all) {
  static SuiteClassifiers of(
      Models models, SuiteData suite, List<CandidateOnSuite> pairs, StageContext context)
      throws IOException {
    List<SuiteClassifier> classifiers = new ArrayList<>();
    for (CandidateOnSuite pair : pairs) {
      classifiers.add(
          SuiteClassifier.of(models.get(pair.weights()), suite, pair.candidate().id(), context));
    }
    return new SuiteClassifiers(classifiers);
  }
}
