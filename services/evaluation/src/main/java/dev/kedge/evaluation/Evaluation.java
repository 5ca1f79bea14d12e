package dev.kedge.evaluation;

import dev.kedge.models.torch.Device;
import dev.kedge.report.EvaluationIndex;
import dev.kedge.report.Scores;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.EvaluateSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One evaluation: candidates on suites that nobody has scored yet are scored, then all are
 * gathered.
 */
record Evaluation(EvaluateSpec spec, Device device, StageContext context, Parts parts) {
  private static final String KIND = "evaluation";

  Evaluation(EvaluateSpec spec, Device device, StageContext context) {
    this(spec, device, context, new Parts(context));
  }

  StageOutput run() throws IOException {
    List<CandidateOnSuite> pairs = pairs();
    try (Sources sources = new Sources(context)) {
      new CandidateScoring(context, parts, sources).score(pairs);
    }
    return gathered(pairs);
  }

  private List<CandidateOnSuite> pairs() {
    List<CandidateOnSuite> pairs = new ArrayList<>();
    for (EvaluateSpec.Candidate candidate : spec.getCandidatesList()) {
      Candidate resolved = Candidate.of(candidate);
      for (EvaluateSpec.Suite suite : spec.getSuitesList()) {
        pairs.add(CandidateOnSuite.of(resolved, suite, spec.getThreads(), device));
      }
    }
    return pairs;
  }

  private StageOutput gathered(List<CandidateOnSuite> pairs) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    EvaluationIndex index = new EvaluationIndex();
    for (CandidateOnSuite pair : pairs) {
      files.put(index.add(pair.suite().getId(), pair.candidate().id()), parts.file(pair));
    }
    files.put(EvaluationIndex.FILE, index.write(context.scratch()));
    return new StageOutput.NewFiles(KIND, files, metrics(pairs));
  }

  /** By suite, the mean over the candidates. */
  private Map<String, Double> metrics(List<CandidateOnSuite> pairs) throws IOException {
    Map<String, List<Double>> bySuite = new TreeMap<>();
    for (CandidateOnSuite pair : pairs) {
      Scores scores = Scores.of(parts.predictions(pair));
      String metric = scores.measure().words() + " " + pair.suite().getId();
      bySuite.computeIfAbsent(metric, id -> new ArrayList<>()).add(scores.value());
    }
    return bySuite.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> mean(each.getValue())));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
