package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import dev.kedge.v1.StageLog;
import dev.kedge.v1.TradeOffPoint;
import dev.kedge.v1.WatchExperimentResponse;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

/** What others wrote does not steer the terminal of who reads it. */
class HostileTextTest extends CommandLineFixture {
  /** Clears the screen, by either form of the sequence, and goes back to the line's begin. */
  private static final String CLEARS = "a\u001b[2Jb\u009b2Jc\rd\u007f";

  private static final String VISIBLE = "a\\u001b[2Jb\\u009b2Jc\\rd\\u007f";

  @Test
  void titlesAreShownInOneCell() {
    gateway.experiment = titled(CLEARS + "\nforged  row");

    assertThat(kedge("list")).isZero();
    assertThat(out().lines()).hasSize(3);
    assertThat(out()).contains(VISIBLE + "\\nforged  row").satisfies(this::steersNothing);
    assertThat(kedge("get", "e1")).isZero();
    assertThat(out()).startsWith("e1  ATTENTION  " + VISIBLE + "\\nforged  row\n");
    assertThat(out()).satisfies(this::steersNothing);
  }

  @Test
  void forProgramsTheyAreWhatTheyWere() {
    gateway.experiment = titled(CLEARS + "\nb");

    assertThat(kedge("get", "e1", "--json")).isZero();
    assertThat(JsonParser.parseString(out()).getAsJsonObject().get("displayName").getAsString())
        .isEqualTo(CLEARS + "\nb");
  }

  @Test
  void errorsOfTheGatewayAreShown() {
    gateway.refusal = Status.NOT_FOUND.withDescription(CLEARS);

    assertThat(kedge("get", "e1")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err()).isEqualTo(VISIBLE + "\n");
  }

  @Test
  void aLineOfALogIsOneLine() {
    tells(log(CLEARS + "\n2026-01-01  train  INFO  forged"));

    assertThat(kedge("logs", "e1")).isZero();
    assertThat(out().lines()).hasSize(1);
    assertThat(out()).contains(VISIBLE + "\\n2026-01-01").satisfies(this::steersNothing);
    assertThat(kedge("watch", "e1")).isEqualTo(ExitCode.FAILED);
    assertThat(out()).contains(VISIBLE).satisfies(this::steersNothing);
  }

  @Test
  void whyAStageIsParkedIsShown() {
    tells(log("nothing of it"));

    assertThat(kedge("watch", "e1")).isEqualTo(ExitCode.FAILED);
    assertThat(out()).contains("train  PARKED: " + VISIBLE).satisfies(this::steersNothing);
    assertThat(kedge("eval", "base", "photo")).isEqualTo(ExitCode.FAILED);
    assertThat(out() + err()).contains(VISIBLE);
    assertThat(err()).satisfies(this::steersNothing);
  }

  @Test
  void aReportIsShown() {
    gateway.experiment = titled("photo");
    gateway.report =
        Report.newBuilder()
            .setTitle(CLEARS + "\nb")
            .addNotes(CLEARS)
            .addPoints(TradeOffPoint.newBuilder().setLabel(CLEARS + "\nb"))
            .build();

    assertThat(kedge("report", "e1")).isZero();
    assertThat(out()).startsWith(VISIBLE + "\\nb\n").contains("\n" + VISIBLE + "\\nb ");
    assertThat(out()).contains("-  " + VISIBLE).satisfies(this::steersNothing);
  }

  private void steersNothing(String text) {
    assertThat(text.replace("\n", "")).doesNotContainPattern("\\p{Cntrl}|[\u0080-\u009f]");
  }

  private void tells(StageLog log) {
    gateway.experiment = titled("photo");
    gateway.events.add(WatchExperimentResponse.newBuilder().setLog(log).build());
    gateway.events.add(
        WatchExperimentResponse.newBuilder().setExperiment(gateway.experiment).build());
  }

  private static StageLog log(String text) {
    return StageLog.newBuilder().setStage("train").setLevel("WARNING").setText(text).build();
  }

  private static Experiment titled(String title) {
    return Experiment.newBuilder()
        .setName("projects/default/experiments/e1")
        .setDisplayName(title)
        .setState(Experiment.State.ATTENTION)
        .addStages(
            Stage.newBuilder()
                .setId("train")
                .setState(Stage.State.PARKED)
                .setError(StageError.newBuilder().setReason("TROUBLE").setMessage(CLEARS)))
        .build();
  }
}
