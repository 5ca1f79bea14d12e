package dev.kedge.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Stage;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StageGraphTest {
  private static final String EXPERIMENT = "projects/p/experiments/e1";

  @Test
  void whatIsNeededStandsToTheLeftWithALineToWhatNeedsIt() {
    StageGraph graph =
        StageGraph.of(
            EXPERIMENT,
            List.of(
                stage("a", "PREPARE", Stage.State.SUCCEEDED),
                stage("b", "PREPARE", Stage.State.RUNNING),
                stage("c", "TRAIN", Stage.State.WAITING, "a"),
                stage("d", "EVALUATE", Stage.State.WAITING, "c", "b")));

    assertThat(graph.nodes())
        .extracting(StageGraph.Node::label)
        .containsExactly("a", "b", "c", "d");
    StageGraph.Node a = graph.nodes().get(0);
    StageGraph.Node c = graph.nodes().get(2);
    StageGraph.Node d = graph.nodes().get(3);
    assertThat(a.x()).isLessThan(c.x());
    assertThat(c.x()).isLessThan(d.x());
    assertThat(graph.lines()).hasSize(3);
    assertThat(a.bar()).isEqualTo(a.width());
    assertThat(a.path()).isEqualTo("/" + EXPERIMENT + "/stages/a");
    assertThat(d.x() + d.width()).isLessThanOrEqualTo(graph.width());
  }

  @Test
  void whatAnotherWaitsForInTurnHasNoLine() {
    StageGraph graph =
        StageGraph.of(
            EXPERIMENT,
            List.of(
                stage("a", "PREPARE", Stage.State.SUCCEEDED),
                stage("b", "OVERLAP", Stage.State.SUCCEEDED, "a"),
                stage("c", "TRAIN", Stage.State.RUNNING, "a", "b")));

    assertThat(graph.lines()).as("a to b, b to c").hasSize(2);
  }

  @Test
  void manyOfAKindAreOneAsUrgentAsTheMostUrgentOfThem() {
    List<StageView> stages = new ArrayList<>(List.of(stage("a", "PREPARE", Stage.State.SUCCEEDED)));
    IntStream.range(0, 2_000)
        .forEach(i -> stages.add(stage("t" + i, "TRAIN", Stage.State.SUCCEEDED, "a")));
    stages.add(stage("sad", "TRAIN", Stage.State.PARKED, "a"));

    StageGraph graph = StageGraph.of(EXPERIMENT, stages);

    assertThat(graph.nodes()).hasSize(2);
    StageGraph.Node many = graph.nodes().get(1);
    assertThat(many.label()).isEqualTo("2001 × TRAIN");
    assertThat(many.state()).isEqualTo("parked");
    assertThat(many.detail()).isEqualTo("2000 of 2001 · 1 parked");
    assertThat(many.title()).isEqualTo("2001 × TRAIN: 1 parked, 2000 succeeded");
    assertThat(many.path()).isEqualTo("/" + EXPERIMENT + "/stages?kind=TRAIN&column=2");
    assertThat(graph.lines()).hasSize(1);
  }

  @Test
  void theOneOfManyLeadsToThemAndToNoOtherOfTheirKind() {
    List<StageView> stages = new ArrayList<>(List.of(stage("a", "TRAIN", Stage.State.SUCCEEDED)));
    IntStream.range(0, 7)
        .forEach(i -> stages.add(stage("t" + i, "TRAIN", Stage.State.WAITING, "a")));
    stages.add(stage("e", "EVALUATE", Stage.State.WAITING, "a"));

    assertThat(StageGraph.of(EXPERIMENT, stages).nodes())
        .filteredOn(node -> node.label().equals("7 × TRAIN"))
        .extracting(StageGraph.Node::path)
        .containsExactly("/" + EXPERIMENT + "/stages?kind=TRAIN&column=2");
    assertThat(new StagesView(stages, "TRAIN", "", "2").shown()).isEqualTo(stages.subList(1, 8));
    assertThat(new StagesView(stages, "TRAIN", "", "").shown()).isEqualTo(stages.subList(0, 8));
    assertThat(new StagesView(stages, "", "", "none").shown()).isEmpty();
  }

  @Test
  void aLineThatPassesColumnsGoesThroughNoBoxOfThem() {
    List<StageView> stages = new ArrayList<>();
    for (String id : List.of("a", "b", "c", "d", "e")) {
      stages.add(stage(id + 0, "PREPARE", Stage.State.SUCCEEDED));
    }
    for (String id : List.of("a", "b", "c")) {
      stages.add(stage(id + 1, "TRAIN", Stage.State.SUCCEEDED, id + 0));
      stages.add(stage(id + 2, "MERGE", Stage.State.SUCCEEDED, id + 1));
      stages.add(stage(id + 3, "EVALUATE", Stage.State.SUCCEEDED, id + 2));
    }
    stages.add(stage("end", "REPORT", Stage.State.WAITING, "a3", "b3", "c3", "d0", "e0"));
    stages.add(stage("other", "OVERLAP", Stage.State.WAITING, "a3", "e0"));
    StageGraph graph = StageGraph.of(EXPERIMENT, stages);

    assertThat(graph.lines()).as("nine, and those of the last two").hasSize(16);
    Map<Double, Set<Double>> passing = new HashMap<>();
    for (StageGraph.Line line : graph.lines()) {
      Path2D path = path(line);
      Rectangle2D ends = path.getBounds2D();
      assertThat(ends.getMaxY()).isLessThan(graph.height());
      for (StageGraph.Node node : graph.nodes()) {
        Rectangle2D box = new Rectangle2D.Double(node.x(), node.y(), node.width(), node.height());
        boolean isEnd = box.getMaxX() == ends.getMinX() || box.getMinX() == ends.getMaxX();
        assertThat(!isEnd && crosses(path, box))
            .as("%s crosses %s", line.path(), node.label())
            .isFalse();
      }
      Matcher pass = Pattern.compile("^M\\d+ (\\d+)C.*? (\\d+)H").matcher(line.path());
      if (pass.find()) {
        passing
            .computeIfAbsent(Double.valueOf(pass.group(1)), any -> new HashSet<>())
            .add(Double.valueOf(pass.group(2)));
      }
    }
    assertThat(passing).as("two boxes have lines beyond the next column").hasSize(2);
    assertThat(passing.values().stream().flatMap(Set::stream))
        .as("which keep apart")
        .doesNotHaveDuplicates();
  }

  private static boolean crosses(Path2D path, Rectangle2D box) {
    double x = 0;
    double y = 0;
    double[] to = new double[6];
    for (PathIterator steps = path.getPathIterator(null, 0.1); !steps.isDone(); steps.next()) {
      if (steps.currentSegment(to) == PathIterator.SEG_LINETO
          && box.intersectsLine(x, y, to[0], to[1])) {
        return true;
      }
      x = to[0];
      y = to[1];
    }
    return false;
  }

  /** Of SVG, in the commands that lines are drawn with. */
  private static Path2D path(StageGraph.Line line) {
    Path2D path = new Path2D.Double();
    Matcher commands = Pattern.compile("([MCH])([0-9 ]+)").matcher(line.path());
    while (commands.find()) {
      int[] at = Stream.of(commands.group(2).split(" ", -1)).mapToInt(Integer::parseInt).toArray();
      switch (commands.group(1)) {
        case "M" -> path.moveTo(at[0], at[1]);
        case "C" -> path.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
        default -> path.lineTo(at[0], path.getCurrentPoint().getY());
      }
    }
    return path;
  }

  private static StageView stage(String id, String kind, Stage.State state, String... needs) {
    return StageView.of(
        Stage.newBuilder()
            .setName(EXPERIMENT + "/stages/" + id)
            .setId(id)
            .setKind(kind)
            .setState(state)
            .addAllNeeds(List.of(needs))
            .build());
  }
}
