package dev.kedge.orchestrator;

import dev.kedge.report.Flips;
import dev.kedge.report.Point;
import dev.kedge.report.Predictions;
import dev.kedge.report.sample.FlipTelling;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Flip;
import dev.kedge.v1.SuiteFlips;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows what flipped between the base and the recommended checkpoint. */
final class FlipGallery {
  /** Characters of all pictures together; those beyond are told without their picture. */
  private static final int MOST_PICTURES = 1 << 20;

  private final Study study;
  private final StudyResults results;
  private final StageContext context;
  private int pictures;

  FlipGallery(Study study, StudyResults results, StageContext context) {
    this.study = study;
    this.results = results;
    this.context = context;
  }

  /**
   * Every suite, REPORT data first; none where there is no base, or nothing else is recommended.
   *
   * @param candidate the recommended one
   */
  List<SuiteFlips> of(Optional<String> candidate) {
    Optional<Study.Point> base =
        find(p -> p.getMethod().equals(Point.BASE) && p.getAverage().isEmpty());
    Optional<Study.Point> tuned =
        candidate
            .flatMap(id -> find(point -> point.getCandidate().equals(id)))
            .filter(point -> !base.equals(Optional.of(point)));
    return base.isEmpty() || tuned.isEmpty()
        ? List.of()
        : suites().map(suite -> of(suite, base.get(), tuned.get())).toList();
  }

  private Stream<String> suites() {
    return Stream.of(Study.Suite.Use.REPORT, Study.Suite.Use.SELECT)
        .flatMap(use -> study.getSuitesList().stream().filter(suite -> suite.getUse() == use))
        .map(Study.Suite::getId);
  }

  private Optional<Study.Point> find(Predicate<Study.Point> which) {
    return study.getPointsList().stream().filter(which).findFirst();
  }

  private SuiteFlips of(String suite, Study.Point base, Study.Point tuned) {
    Predictions now = results.predictions(tuned, suite);
    Flips flips = Flips.of(results.predictions(base, suite), now);
    EvaluateSpec.Suite test = results.tested(tuned, suite);
    Optional<StoredSamples> samples = samples(test, flips);
    FlipTelling telling = new FlipTelling(test, now);
    return SuiteFlips.newBuilder()
        .setSuite(suite)
        .setCandidate(tuned.getCandidate())
        .setLost(flips.lost())
        .setGained(flips.gained())
        .addAllLostExamples(told(flips.lostExamples(), telling, samples))
        .addAllGainedExamples(told(flips.gainedExamples(), telling, samples))
        .build();
  }

  private List<Flip> told(
      List<Flips.Pair> pairs, FlipTelling telling, Optional<StoredSamples> samples) {
    List<Flip> told = new ArrayList<>();
    for (Flips.Pair pair : pairs) {
      Flip flip = telling.of(pair, samples.flatMap(stored -> stored.bytes(pair.now().sample())));
      pictures += flip.getPicture().length();
      told.add(pictures <= MOST_PICTURES ? flip : flip.toBuilder().clearPicture().build());
    }
    return told;
  }

  /** Data that was tidied away since it was evaluated costs the report its pictures alone. */
  private Optional<StoredSamples> samples(EvaluateSpec.Suite test, Flips flips) {
    Set<String> keys =
        Stream.concat(flips.lostExamples().stream(), flips.gainedExamples().stream())
            .map(pair -> pair.now().sample())
            .collect(Collectors.toSet());
    try {
      return Optional.of(
          new StoredSamples(context.stored(), test.getData().getDataset().getArtifact(), keys));
    } catch (StageException gone) {
      context.warn(
          "suite '%s' is told without its samples: %s".formatted(test.getId(), gone.getMessage()));
      return Optional.empty();
    }
  }
}
