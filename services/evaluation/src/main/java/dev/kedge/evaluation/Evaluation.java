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

/** One evaluation: the cells that nobody has scored yet are scored, then all are gathered. */
record Evaluation(EvaluateSpec spec, Device device, StageContext context, Parts parts) {
  private static final String KIND = "evaluation";

  Evaluation(EvaluateSpec spec, Device device, StageContext context) {
    this(spec, device, context, new Parts(context));
  }

  StageOutput run() throws IOException {
    List<Cell> cells = cells();
    try (Sources sources = new Sources(context)) {
      new CellScoring(context, parts, sources).score(cells);
    }
    return gathered(cells);
  }

  private List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (EvaluateSpec.Candidate candidate : spec.getCandidatesList()) {
      Candidate resolved = Candidate.of(candidate);
      for (EvaluateSpec.Suite suite : spec.getSuitesList()) {
        cells.add(Cell.of(resolved, suite, spec.getThreads(), device));
      }
    }
    return cells;
  }

  private StageOutput gathered(List<Cell> cells) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    EvaluationIndex index = new EvaluationIndex();
    for (Cell cell : cells) {
      files.put(index.add(cell.suite().getId(), cell.candidate().id()), parts.file(cell));
    }
    files.put(EvaluationIndex.FILE, index.write(context.scratch()));
    return new StageOutput.NewFiles(KIND, files, metrics(cells));
  }

  /** By suite, the mean over the candidates. */
  private Map<String, Double> metrics(List<Cell> cells) throws IOException {
    Map<String, List<Double>> bySuite = new TreeMap<>();
    for (Cell cell : cells) {
      Scores scores = Scores.of(parts.predictions(cell));
      String metric = scores.measure().words() + " " + cell.suite().getId();
      bySuite.computeIfAbsent(metric, id -> new ArrayList<>()).add(scores.value());
    }
    return bySuite.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> mean(each.getValue())));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
