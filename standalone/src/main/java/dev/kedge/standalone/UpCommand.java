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
      "Starts the whole platform in this process, until Ctrl-C.",
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
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.kedge",
      description = "Where state is kept; ${DEFAULT-VALUE} by default.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9090",
      description = "The gateway's port on loopback; ${DEFAULT-VALUE} by default, 0 for any.")
  private int port;

  @Override
  public Integer call() throws Exception {
    return Platform.run(data.toAbsolutePath(), port, this::serve);
  }

  private int serve(String address) {
    System.out.printf(
        "Kedge is up on %s. State and log: %s%nStop it with Ctrl-C; try: kedge list%n",
        address, data.toAbsolutePath());
    Quarkus.waitForExit();
    return 0;
  }
}
