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
 * @param parameters the numbers that span its grid
 * @param way to its recipe at a point of the grid
 */
record Averaging(String name, Made made, List<AverageParameter> parameters, Way way) {
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
  interface Formula extends Way {
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
          ofEachRun("wise_ft", List.of(AverageParameter.ALPHAS), AverageRecipes::wiseFt),
          ofAllRunsAlone("uniform_soup", (Formula) AverageRecipes::uniformSoup),
          ofAllRunsAlone(
              "greedy_soup",
              (Search) (average, point, base, runs, stages) -> stages.greedySoup(runs)),
          ofEachRun(
              "lines",
              List.of(AverageParameter.FIRST, AverageParameter.LAST),
              AverageRecipes::lines),
          ofEachRun("blockwise", List.of(), AverageRecipes::blockwise),
          new Averaging(
              "adaptive",
              Made.OF_BASE_AND_RUN,
              List.of(AverageParameter.RHO),
              (Search)
                  (average, point, base, runs, stages) ->
                      stages.adaptive(average, point.at(AverageParameter.RHO), base, runs.get(0))),
          ofEachRun("slerp", List.of(AverageParameter.T), AverageRecipes::slerp),
          ofAllRuns(
              "task_arithmetic", List.of(AverageParameter.LAMBDA), AverageRecipes::taskArithmetic),
          ofAllRuns(
              "ties",
              List.of(AverageParameter.DENSITY, AverageParameter.LAMBDA),
              AverageRecipes::ties),
          ofAllRuns(
              "dare",
              List.of(AverageParameter.DENSITY, AverageParameter.LAMBDA),
              AverageRecipes::dare),
          ofAllRuns("model_stock", List.of(), AverageRecipes::modelStock),
          new Averaging(
              "fisher",
              Made.OF_BASE_AND_RUN,
              List.of(AverageParameter.ALPHA),
              (average, point, base, runs, stages) ->
                  stages
                      .means()
                      .of(
                          average.getFisher(),
                          point.at(AverageParameter.ALPHA),
                          base,
                          runs.get(0))),
          ofAllRunsAlone(
              "fisher_soup",
              (average, point, base, runs, stages) ->
                  stages.means().of(average.getFisherSoup(), runs)),
          ofAllRunsAlone("linear", (Formula) AverageRecipes::linear));

  private static Averaging ofEachRun(
      String name, List<AverageParameter> parameters, Formula formula) {
    return new Averaging(name, Made.OF_BASE_AND_RUN, parameters, formula);
  }

  private static Averaging ofAllRuns(
      String name, List<AverageParameter> parameters, Formula formula) {
    return new Averaging(name, Made.OF_BASE_AND_ALL_RUNS, parameters, formula);
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
    for (AverageParameter parameter : parameters) {
      grid = AveragePoint.spread(grid, parameter, parameter.values(given(average)));
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
