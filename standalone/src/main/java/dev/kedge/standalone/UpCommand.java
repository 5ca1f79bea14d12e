package dev.kedge.standalone;

import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kedge up}. */
@Command(
    name = "up",
    description = {
      "Starts the whole platform in this process, until Ctrl-C. A data folder serves one platform"
          + " at a time.",
      "Experiments that were under way go on by themselves."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge up",
      "  kedge up --data /srv/kedge --port 9090",
      "",
      "Real servers in place of the embedded ones: KEDGE_TEMPORAL_ADDRESS, and KEDGE_S3_ENDPOINT,",
      "KEDGE_S3_ACCESS_KEY, KEDGE_S3_SECRET_KEY, KEDGE_S3_BUCKET."
    })
final class UpCommand implements Callable<Integer> {
  private static final String USUAL_PORT = "9090";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.kedge",
      description = "Where state is kept; ~/.kedge by default.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = USUAL_PORT,
      description = "The gateway's port on loopback; ${DEFAULT-VALUE} by default, 0 for any.")
  private int port;

  @Override
  public Integer call() throws Exception {
    return Platform.run(data.toAbsolutePath(), port, this::serve);
  }

  private int serve(String address) {
    System.out.println(greeting(address, data.toAbsolutePath()));
    Quarkus.waitForExit();
    return 0;
  }

  /** Where it is, and how to reach it: other commands look at the usual port by themselves. */
  static String greeting(String address, Path data) {
    String reach =
        address.endsWith(":" + USUAL_PORT)
            ? "try: kedge list"
            : "try: kedge list --server %1$s (or export KEDGE_SERVER=%1$s)".formatted(address);
    return "Kedge is up on %1$s. State and log: %2$s%nDashboard: http://%1$s%nStop it with Ctrl-C; %3$s"
        .formatted(address, data, reach);
  }
}
