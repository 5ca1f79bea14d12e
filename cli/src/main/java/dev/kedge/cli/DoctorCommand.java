package dev.kedge.cli;

import com.google.protobuf.util.Timestamps;
import dev.kedge.cli.view.CheckTable;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.SystemCheck;
import dev.kedge.v1.SystemCheck.Outcome;
import java.util.Locale;
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
  private static final long MOST_MILLIS_OFF = 30_000;

  @Override
  int run(Gateway gateway) {
    CheckSystemResponse found =
        gateway.system().checkSystem(CheckSystemRequest.getDefaultInstance());
    CheckSystemResponse all =
        found.toBuilder()
            .clearChecks()
            .addChecks(version(found))
            .addChecks(clock(found))
            .addAllChecks(found.getChecksList())
            .build();
    answer(all, CheckTable.of(all.getChecksList()));
    boolean isWell =
        all.getChecksList().stream().allMatch(check -> check.getOutcome() == Outcome.OK);
    return isWell ? ExitCode.OK : ExitCode.FAILED;
  }

  private static SystemCheck version(CheckSystemResponse gateway) {
    boolean same = gateway.getVersion().startsWith(KedgeCommand.VERSION);
    return check(
        "gateway",
        same,
        "answers, version %s; this command has %s"
            .formatted(gateway.getVersion(), KedgeCommand.VERSION),
        "use the command that came with the gateway");
  }

  /** The gateway read its clock last of all, so the way back is all that is between. */
  private static SystemCheck clock(CheckSystemResponse gateway) {
    long off = Math.abs(System.currentTimeMillis() - Timestamps.toMillis(gateway.getTime()));
    return check(
        "clock",
        off <= MOST_MILLIS_OFF,
        String.format(Locale.ROOT, "this machine's is %.0f s off the gateway's", off / 1e3),
        "set both machines by the same time servers (NTP or chrony)");
  }

  private static SystemCheck check(String subject, boolean well, String found, String remedy) {
    return SystemCheck.newBuilder()
        .setSubject(subject)
        .setOutcome(well ? Outcome.OK : Outcome.TROUBLE)
        .setFound(found)
        .setRemedy(well ? "" : remedy)
        .build();
  }
}
