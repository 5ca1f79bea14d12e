package dev.kedge.evaluation;

import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores those of some candidates on suites that nobody has scored yet, here or elsewhere. */
record CandidateScoring(StageContext context, Parts parts, Sources sources) {
  void score(List<CandidateOnSuite> pairs) throws IOException {
    pairs.forEach(parts::keep);
    Collection<CandidateOnSuite> missing = missing(pairs);
    context.info(
        "%d of %d results are there already"
            .formatted(pairs.size() - missing.size(), pairs.size()));
    new Scoring(context, parts, sources)
        .score(missing.stream().filter(CandidateOnSuite::isOfPictures).toList());
    new LanguageScoring(context, parts, sources)
        .score(missing.stream().filter(pair -> !pair.isOfPictures()).toList());
  }

  /** Of equal pairs, which mean the same weights on the same data, one. */
  private Collection<CandidateOnSuite> missing(List<CandidateOnSuite> pairs) {
    Map<String, CandidateOnSuite> missing = new LinkedHashMap<>();
    for (CandidateOnSuite pair : pairs) {
      if (!parts.has(pair)) {
        missing.putIfAbsent(pair.key(), pair);
      }
    }
    return missing.values();
  }
}
