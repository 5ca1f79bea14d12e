package dev.kedge.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
    assertThat(many.path()).isEqualTo("/" + EXPERIMENT + "/stages?kind=TRAIN");
    assertThat(graph.lines()).hasSize(1);
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
