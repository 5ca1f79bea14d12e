package dev.kedge.gateway.experiments;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.v1.CompareExperimentsRequest;
import dev.kedge.v1.CompareExperimentsResponse;
import dev.kedge.v1.ComparedExperiment;
import dev.kedge.v1.ComparedStage;
import dev.kedge.v1.ComparedTest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Two experiments side by side: what they answer, and how the work behind them differs. */
@ApplicationScoped
public class Comparisons {
  private static final Comparator<ComparedTest> ORDER =
      Comparator.comparing(ComparedTest::getSuite).thenComparing(ComparedTest::getRole);

  private final ExperimentStore experiments;
  private final Reports reports;

  Comparisons(ExperimentStore experiments, Reports reports) {
    this.experiments = experiments;
    this.reports = reports;
  }

  /** One of the two. */
  private record Side(
      Experiment experiment, Report report, Set<String> keys, Set<ComparedTest> tests) {
    static Side of(Experiment experiment, Report report) {
      return new Side(
          experiment,
          report,
          experiment.getStagesList().stream()
              .map(Stage::getKey)
              .filter(key -> !key.isEmpty())
              .collect(toSet()),
          report.getPointsList().stream()
              .flatMap(point -> point.getSuitesList().stream())
              .filter(suite -> suite.getUse().equals("REPORT"))
              .map(
                  suite ->
                      ComparedTest.newBuilder()
                          .setSuite(suite.getSuite())
                          .setRole(suite.getRole())
                          .build())
              .collect(toCollection(() -> new TreeSet<>(ORDER))));
    }

    /** What it alone has. */
    ComparedExperiment beside(Side other) {
      var alone =
          ComparedExperiment.newBuilder()
              .setExperiment(experiment.getName())
              .setDisplayName(experiment.getDisplayName())
              .setLaunchTime(experiment.getCreateTime())
              .addAllTestsAlone(tests.stream().filter(test -> !other.tests.contains(test)).toList())
              .addAllStagesAlone(
                  experiment.getStagesList().stream()
                      .filter(stage -> !other.keys.contains(stage.getKey()))
                      .map(Side::stage)
                      .toList());
      if (report.hasSpecialityScale()) {
        alone.setSpecialityScale(report.getSpecialityScale());
      }
      if (report.hasGeneralityScale()) {
        alone.setGeneralityScale(report.getGeneralityScale());
      }
      return alone.build();
    }

    private static ComparedStage stage(Stage stage) {
      return ComparedStage.newBuilder().setId(stage.getId()).setKind(stage.getKind()).build();
    }
  }

  /** Compares them; refuses two of different projects, and one with itself. */
  public CompareExperimentsResponse compare(CompareExperimentsRequest request) {
    List<Experiment> both = records(request);
    return of(both.get(0), both.get(1));
  }

  /** The same where the one that was launched first comes first. */
  public CompareExperimentsResponse compareInTime(CompareExperimentsRequest request) {
    List<Experiment> both = new ArrayList<>(records(request));
    both.sort(Comparator.comparing(Experiment::getCreateTime, Timestamps.comparator()));
    return of(both.get(0), both.get(1));
  }

  private List<Experiment> records(CompareExperimentsRequest request) {
    ExperimentName first = ExperimentName.parse(request.getName());
    ExperimentName second = ExperimentName.parse(request.getOther());
    if (!first.project().equals(second.project()) || first.equals(second)) {
      throw Refusal.invalid(
          "COMPARED_NOT_TWO",
          "other",
          "%s and %s are not two experiments of one project".formatted(first, second));
    }
    return List.of(experiments.get(first), experiments.get(second));
  }

  private CompareExperimentsResponse of(Experiment first, Experiment second) {
    return of(side(first), side(second));
  }

  private Side side(Experiment experiment) {
    return Side.of(experiment, reports.of(experiment));
  }

  private static CompareExperimentsResponse of(Side a, Side b) {
    var answer =
        CompareExperimentsResponse.newBuilder()
            .setA(a.beside(b))
            .setB(b.beside(a))
            .addAllPoints(PointPairs.of(a.report, b.report))
            .addAllChangedInputs(changed(a.report, b.report));
    for (Stage stage : a.experiment.getStagesList()) {
      if (b.keys.contains(stage.getKey())) {
        answer.putSharedStages(
            stage.getKind(), answer.getSharedStagesOrDefault(stage.getKind(), 0) + 1);
      }
    }
    return answer.build();
  }

  private static List<String> changed(Report first, Report second) {
    Map<String, String> others = second.getOrigin().getInputsMap();
    return first.getOrigin().getInputsMap().entrySet().stream()
        .filter(input -> others.containsKey(input.getKey()))
        .filter(input -> !others.get(input.getKey()).equals(input.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
