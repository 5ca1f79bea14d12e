package dev.kedge.report;

import dev.kedge.stage.v1.Study;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Gathers what a {@link Study} names: the evidence that SELECT and REPORT judge. */
public final class StudyEvidence {
  private final Study study;
  private final Measurements measurements;

  private StudyEvidence(Study study, Measurements measurements) {
    this.study = study;
    this.measurements = measurements;
  }

  /** Where the numbers of a study's points are found. */
  public interface Measurements {
    /** How a point did on a suite. */
    Scores scores(Study.Point point, String suite);

    /** Seconds of computing that its parts and what these needed took. */
    double computeSeconds(Study.Point point);
  }

  /** Gathers the scores of all points on all suites; points that share a label become one. */
  public static Evidence of(Study study, Measurements measurements) {
    return new StudyEvidence(study, measurements).gather();
  }

  private Evidence gather() {
    Map<String, List<Study.Point>> byLabel = new LinkedHashMap<>();
    for (Study.Point point : study.getPointsList()) {
      byLabel.computeIfAbsent(point.getLabel(), label -> new ArrayList<>()).add(point);
    }
    return new Evidence(
        study.getSuitesList().stream().map(StudyEvidence::suite).toList(),
        byLabel.values().stream().map(this::point).toList(),
        study.getReference());
  }

  private static Suite suite(Study.Suite suite) {
    return new Suite(
        suite.getId(),
        Role.valueOf(suite.getRole().name()),
        Use.valueOf(suite.getUse().name()),
        measure(suite));
  }

  private static Measure measure(Study.Suite suite) {
    return switch (suite.getMeasure()) {
      case ACCURACY, MEASURE_UNSPECIFIED -> Measure.ACCURACY;
      case ANSWER_BITS_PER_BYTE -> Measure.ANSWER_BITS_PER_BYTE;
      case BITS_PER_BYTE -> Measure.BITS_PER_BYTE;
      case ACCURACY_NORM -> Measure.ACCURACY_NORM;
      case EXACT_MATCH -> Measure.EXACT_MATCH;
      case ACCURACY_BYTES -> Measure.ACCURACY_BYTES;
      case INSTRUCTIONS_FOLLOWED -> Measure.INSTRUCTIONS_FOLLOWED;
      case UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "suite '%s' has measure %d, which this version does not know"
                  .formatted(suite.getId(), suite.getMeasureValue()));
    };
  }

  private Point point(List<Study.Point> seeds) {
    Study.Point first = seeds.get(0);
    return new Point(
        first.getLabel(),
        first.getMethod(),
        first.getAverage(),
        first.hasAlpha() ? OptionalDouble.of(first.getAlpha()) : OptionalDouble.empty(),
        seeds.stream().map(this::run).toList());
  }

  private Run run(Study.Point point) {
    Map<String, Scores> scores = new HashMap<>();
    for (Study.Suite suite : study.getSuitesList()) {
      scores.put(suite.getId(), measurements.scores(point, suite.getId()));
    }
    return new Run(
        point.getCandidate(),
        point.hasSeed() ? OptionalLong.of(point.getSeed()) : OptionalLong.empty(),
        measurements.computeSeconds(point),
        scores);
  }
}
