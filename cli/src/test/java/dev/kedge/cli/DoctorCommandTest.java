package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.SystemCheck;
import dev.kedge.v1.SystemCheck.Outcome;
import org.junit.jupiter.api.Test;

class DoctorCommandTest extends CommandLineFixture {
  @Test
  void aPlatformThatIsWellHasALineForEachThing() {
    gateway.health = health(Version.TEXT, check("store", Outcome.OK, "is there", ""));

    assertThat(kedge("doctor")).isZero();
    assertThat(out())
        .isEqualTo(
            "ok        gateway: answers, version %1$s; this command has %1$s%nok        store: is there%n"
                .formatted(Version.TEXT));
    assertThat(
            Timestamps.between(asked(CheckSystemRequest.class).getTime(), Timestamps.now())
                .getSeconds())
        .isBetween(0L, 60L);
  }

  @Test
  void whatIsInTroubleSaysWhatToDoAndTheExitCodeTells() {
    gateway.health =
        health(
            "0.0.9",
            check("temporal", Outcome.TROUBLE, "no Temporal answers", "start it"),
            check("orchestrator", Outcome.UNKNOWN, "asked by way of Temporal", ""));

    assertThat(kedge("doctor")).isEqualTo(ExitCode.FAILED);
    assertThat(out())
        .contains("trouble   gateway: ", "use the command that came with the gateway")
        .contains("trouble   temporal: no Temporal answers\n            start it\n")
        .contains("unknown   orchestrator: asked by way of Temporal");
    assertThat(kedge("doctor", "--json")).isEqualTo(ExitCode.FAILED);
    assertThat(out()).startsWith("{").contains("\"remedy\": \"start it\"");
  }

  private static CheckSystemResponse health(String version, SystemCheck... checks) {
    return CheckSystemResponse.newBuilder()
        .setVersion(version)
        .setTime(Timestamps.now())
        .addAllChecks(java.util.List.of(checks))
        .build();
  }

  private static SystemCheck check(String subject, Outcome outcome, String found, String remedy) {
    return SystemCheck.newBuilder()
        .setSubject(subject)
        .setOutcome(outcome)
        .setFound(found)
        .setRemedy(remedy)
        .build();
  }
}
