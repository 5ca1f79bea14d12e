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
 * @param blend its recipe at a point of the grid
 */
record Averaging(String name, Made made, List<Dial> dials, Blend blend) {
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
  interface Blend {
    /**
     * The recipe.
     *
     * @param base unset where the average needs none
     * @param tuned the runs
     */
    Recipe of(Average average, AveragePoint point, Recipe base, List<Recipe> tuned);
  }

  static final List<Averaging> ALL =
      List.of(
          ofEachRun("wise_ft", List.of(Dial.ALPHAS), Blends::wiseFt),
          new Averaging("uniform_soup", Made.OF_ALL_RUNS, List.of(), Blends::uniformSoup),
          ofEachRun("lines", List.of(Dial.FIRST, Dial.LAST), Blends::lines),
          ofEachRun("blockwise", List.of(), Blends::blockwise),
          ofEachRun("slerp", List.of(Dial.T), Blends::slerp),
          ofAllRuns("task_arithmetic", List.of(Dial.LAMBDA), Blends::taskArithmetic),
          ofAllRuns("ties", List.of(Dial.DENSITY, Dial.LAMBDA), Blends::ties),
          ofAllRuns("dare", List.of(Dial.DENSITY, Dial.LAMBDA), Blends::dare),
          ofAllRuns("model_stock", List.of(), Blends::modelStock));

  private static Averaging ofEachRun(String name, List<Dial> dials, Blend blend) {
    return new Averaging(name, Made.OF_BASE_AND_RUN, dials, blend);
  }

  private static Averaging ofAllRuns(String name, List<Dial> dials, Blend blend) {
    return new Averaging(name, Made.OF_BASE_AND_ALL_RUNS, dials, blend);
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

  boolean needsBase() {
    return made != Made.OF_ALL_RUNS;
  }

  /** Its numbers, as the file gives them. */
  Message given(Average average) {
    return (Message) average.getField(field());
  }

  /** The grid of an average: the product of its lists. */
  List<AveragePoint> grid(Average average) {
    List<AveragePoint> grid = List.of(start(average.getId()));
    for (Dial dial : dials) {
      grid = AveragePoint.spread(grid, dial, dial.values(given(average)));
    }
    return grid;
  }

  /** What α tells apart, of which there is one for each method, needs no name. */
  private AveragePoint start(String id) {
    return dials.contains(Dial.ALPHAS)
        ? new AveragePoint("", "", Map.of())
        : new AveragePoint("-" + id, " " + id, Map.of());
  }

  private FieldDescriptor field() {
    return Average.getDescriptor().findFieldByName(name);
  }
}
