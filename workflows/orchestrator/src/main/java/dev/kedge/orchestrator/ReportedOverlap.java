package dev.kedge.orchestrator;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.contract.OverlapArtifact;
import dev.kedge.report.Evidence;
import dev.kedge.report.OverlapNotes;
import dev.kedge.report.ResultsWithoutOverlap;
import dev.kedge.report.SharedSamples;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.ReportSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Overlap;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What an OVERLAP stage found, put into a report. */
final class ReportedOverlap {
  private final ReportSpec spec;
  private final StudyResults results;
  private final StageContext context;

  /** By suite, what its candidates were asked, in the data set's order. */
  private final Map<String, List<String>> asked = new HashMap<>();

  ReportedOverlap(ReportSpec spec, StudyResults results, StageContext context) {
    this.spec = spec;
    this.results = results;
    this.context = context;
  }

  /** The report with notes of it and, where tests share samples, the results without these. */
  Report in(Report report, Evidence evidence) throws IOException {
    if (isOfBaseAlone()) {
      return report;
    }
    if (!spec.hasOverlap()) {
      return report.toBuilder().addNotes(OverlapNotes.NOT_COMPARED).build();
    }
    Overlap overlap = tested(read());
    Report.Builder told = report.toBuilder().addAllNotes(new OverlapNotes(overlap).all());
    List<String> labels = report.getPointsList().stream().map(TradeOffPoint::getLabel).toList();
    ResultsWithoutOverlap.of(evidence, shared(overlap), labels, spec.getBootstrapSeed())
        .ifPresent(told::setWithoutOverlap);
    return told.build();
  }

  /** Nothing was learnt, so there is nothing that tests could share samples with. */
  private boolean isOfBaseAlone() {
    Study study = spec.getStudy();
    return !spec.hasOverlap() && study.getPointsCount() == 1 && study.getLeftOutCount() == 0;
  }

  private Overlap read() throws IOException {
    Overlap.Builder overlap = Overlap.newBuilder();
    JsonFormat.parser()
        .ignoringUnknownFields()
        .merge(
            Files.readString(context.input(spec.getOverlap()).resolve(OverlapArtifact.FILE)),
            overlap);
    return overlap.build();
  }

  /** Without what no candidate was asked: a test may leave samples of its data set out. */
  private Overlap tested(Overlap whole) {
    Overlap.Builder tested = whole.toBuilder();
    for (Overlap.Between.Builder pair : tested.getBetweenBuilderList()) {
      if (isSuite(pair.getTested()) && pair.getExact().getCount() + pair.getNear().getCount() > 0) {
        Set<String> samples = Set.copyOf(asked(pair.getTested()));
        pair.setExact(kept(pair.getExact(), samples)).setNear(kept(pair.getNear(), samples));
      }
    }
    return tested.build();
  }

  private boolean isSuite(String test) {
    return spec.getStudy().getSuitesList().stream().anyMatch(suite -> suite.getId().equals(test));
  }

  private List<String> asked(String suite) {
    return asked.computeIfAbsent(suite, id -> results.samples(spec.getStudy().getPoints(0), id));
  }

  private static Overlap.Matches kept(Overlap.Matches matches, Set<String> asked) {
    List<String> samples = matches.getSamplesList().stream().filter(asked::contains).toList();
    return Overlap.Matches.newBuilder()
        .setCount(samples.size())
        .addAllSamples(samples)
        .addAllExamples(
            matches.getExamplesList().stream()
                .filter(example -> asked.contains(example.getSample()))
                .toList())
        .build();
  }

  private List<SharedSamples> shared(Overlap overlap) {
    return spec.getStudy().getSuitesList().stream()
        .map(Study.Suite::getId)
        .filter(
            suite ->
                !samples(overlap, suite, Overlap.Between::getExact).isEmpty()
                    || !samples(overlap, suite, Overlap.Between::getNear).isEmpty())
        .map(suite -> shared(overlap, suite))
        .toList();
  }

  private SharedSamples shared(Overlap overlap, String suite) {
    Set<String> exact = samples(overlap, suite, Overlap.Between::getExact);
    Set<String> near = new HashSet<>(samples(overlap, suite, Overlap.Between::getNear));
    near.removeAll(exact);
    return new SharedSamples(suite, asked(suite), exact, near);
  }

  private static Set<String> samples(
      Overlap overlap, String suite, Function<Overlap.Between, Overlap.Matches> matches) {
    Set<String> samples = new HashSet<>();
    overlap.getBetweenList().stream()
        .filter(pair -> pair.getTested().equals(suite))
        .forEach(pair -> samples.addAll(matches.apply(pair).getSamplesList()));
    return samples;
  }
}
