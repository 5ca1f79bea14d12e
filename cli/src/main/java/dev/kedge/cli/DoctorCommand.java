package dev.kedge.cli;

import com.google.protobuf.util.Timestamps;
import dev.kedge.cli.view.CheckTable;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.SystemCheck;
import dev.kedge.v1.SystemCheck.Outcome;
import picocli.CommandLine.Command;

/** {@code kedge doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks at what a platform stands on, and says what to do where something is in trouble.",
      "The gateway, clocks and versions; the store and what may be done in it; free space;"
          + " Temporal, the orchestrator, and of each kind of stage a worker and the service beside"
          + " it. The exit code is 1 where something is in trouble."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kedge doctor", "  kedge doctor --server kedge.example:9090 --json"})
final class DoctorCommand extends GatewayCommand {
  @Override
  int run(Gateway gateway) {
    CheckSystemResponse found =
        gateway
            .system()
            .checkSystem(CheckSystemRequest.newBuilder().setTime(Timestamps.now()).build());
    CheckSystemResponse all =
        found.toBuilder()
            .clearChecks()
            .addChecks(version(found))
            .addAllChecks(found.getChecksList())
            .build();
    answer(all, CheckTable.of(all.getChecksList()));
    boolean isWell =
        all.getChecksList().stream().allMatch(check -> check.getOutcome() == Outcome.OK);
    return isWell ? ExitCode.OK : ExitCode.FAILED;
  }

  private static SystemCheck version(CheckSystemResponse gateway) {
    boolean same = gateway.getVersion().equals(Version.TEXT);
    return SystemCheck.newBuilder()
        .setSubject("gateway")
        .setOutcome(same ? Outcome.OK : Outcome.TROUBLE)
        .setFound(
            "answers, version %s; this command has %s"
                .formatted(gateway.getVersion(), Version.TEXT))
        .setRemedy(same ? "" : "use the command that came with the gateway")
        .build();
  }
}
