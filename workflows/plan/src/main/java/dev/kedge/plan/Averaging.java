package dev.kedge.plan;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.v1.Average;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A way to average.
 *
 * @param name of its field in {@link Average}
 * @param made of what
 * @param dials the numbers that span its grid
 * @param way to its recipe at a point of the grid
 */
record Averaging(String name, Made made, List<Dial> dials, Way way) {
  /** Of what an average is made. */
  enum Made {
    /** One for each run, of the base and the run. */
    OF_BASE_AND_RUN,
    /** One for each method, of the base and all of its runs. */
    OF_BASE_AND_ALL_RUNS,
    /** One for each method, of all of its runs. */
    OF_ALL_RUNS
  }

  /** How an average becomes a recipe. */
  interface Way {
    /**
     * The recipe.
     *
     * @param base unset where there is none
     * @param runs at least one
     * @param stages for what needs more than the runs
     */
    Recipe of(
        Average average, AveragePoint point, Recipe base, List<Trained> runs, PointStages stages);
  }

  /** A formula, which needs no other stage. */
  interface Blend extends Way {
    Recipe of(Average average, AveragePoint point, Recipe base, List<Trained> runs);

    @Override
    default Recipe of(
        Average average, AveragePoint point, Recipe base, List<Trained> runs, PointStages stages) {
      return of(average, point, base, runs);
    }
  }

  /** What no formula gives: it is found by a stage, for each point. */
  interface Search extends Way {}

  static final List<Averaging> ALL =
      List.of(
          ofEachRun("wise_ft", List.of(Dial.ALPHAS), Blends::wiseFt),
          ofAllRunsAlone("uniform_soup", (Blend) Blends::uniformSoup),
          ofAllRunsAlone(
              "greedy_soup",
              (Search) (average, point, base, runs, stages) -> stages.greedySoup(runs)),
          ofEachRun("lines", List.of(Dial.FIRST, Dial.LAST), Blends::lines),
          ofEachRun("blockwise", List.of(), Blends::blockwise),
          new Averaging(
              "adaptive",
              Made.OF_BASE_AND_RUN,
              List.of(Dial.RHO),
              (Search)
                  (average, point, base, runs, stages) ->
                      stages.adaptive(average, point.at(Dial.RHO), base, runs.get(0))),
          ofEachRun("slerp", List.of(Dial.T), Blends::slerp),
          ofAllRuns("task_arithmetic", List.of(Dial.LAMBDA), Blends::taskArithmetic),
          ofAllRuns("ties", List.of(Dial.DENSITY, Dial.LAMBDA), Blends::ties),
          ofAllRuns("dare", List.of(Dial.DENSITY, Dial.LAMBDA), Blends::dare),
          ofAllRuns("model_stock", List.of(), Blends::modelStock),
          new Averaging(
              "fisher",
              Made.OF_BASE_AND_RUN,
              List.of(Dial.ALPHA),
              (average, point, base, runs, stages) ->
                  stages.means().of(average.getFisher(), point.at(Dial.ALPHA), base, runs.get(0))),
          ofAllRunsAlone(
              "fisher_soup",
              (average, point, base, runs, stages) ->
                  stages.means().of(average.getFisherSoup(), runs)),
          ofAllRunsAlone("linear", (Blend) Blends::linear));

  private static Averaging ofEachRun(String name, List<Dial> dials, Blend blend) {
    return new Averaging(name, Made.OF_BASE_AND_RUN, dials, blend);
  }

  private static Averaging ofAllRuns(String name, List<Dial> dials, Blend blend) {
    return new Averaging(name, Made.OF_BASE_AND_ALL_RUNS, dials, blend);
  }

  private static Averaging ofAllRunsAlone(String name, Way way) {
    return new Averaging(name, Made.OF_ALL_RUNS, List.of(), way);
  }

  /** The way that an average of the file says. */
  static Averaging of(Average average) {
    return ALL.stream()
        .filter(one -> average.hasField(one.field()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(average.getId() + " says no way"));
  }

  static String names() {
    return ALL.stream().map(Averaging::name).collect(Collectors.joining(", "));
  }

  boolean isOfEachRun() {
    return made == Made.OF_BASE_AND_RUN;
  }

  /** Whether each point of its grid is a stage that searches. */
  boolean isSearched() {
    return way instanceof Search;
  }

  boolean needsBase() {
    return made != Made.OF_ALL_RUNS;
  }

  /** Its numbers, as the file gives them. */
  Message given(Average average) {
    return (Message) average.getField(field());
  }

  /** The grid of an average: the product of its lists. */
  List<AveragePoint> grid(Average average) {
    List<AveragePoint> grid = List.of(start(average));
    for (Dial dial : dials) {
      grid = AveragePoint.spread(grid, dial, dial.values(given(average)));
    }
    return grid;
  }

  /** What α tells apart, of which there is one for each method, needs no name. */
  private AveragePoint start(Average average) {
    return isSweep(average)
        ? new AveragePoint("", "", Map.of())
        : new AveragePoint("-" + average.getId(), " " + average.getId(), Map.of());
  }

  /** Whether it is the way from the base to the runs over all weights, which α alone tells. */
  static boolean isSweep(Average average) {
    return average.hasWiseFt() && !PartialAverage.isIn(average);
  }

  private FieldDescriptor field() {
    return Average.getDescriptor().findFieldByName(name);
  }
}
