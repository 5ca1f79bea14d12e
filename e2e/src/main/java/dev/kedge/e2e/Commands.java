package dev.kedge.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./kedge} as a user runs it, again and again until it succeeds: all that it asks for is
 * asked for under one request id.
 */
final class Commands {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Path root;
  private final Path log;
  private final String server;
  private final String project;

  /**
   * Commands in a project.
   *
   * @param root the checkout, built
   * @param log gets what they print
   */
  Commands(Path root, Path log, Ports ports, String project) {
    this.root = root;
    this.log = log;
    this.server = "127.0.0.1:" + ports.gateway();
    this.project = project;
  }

  void run(String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("kedge").toString()));
    command.addAll(List.of("--server", server, "--project", project));
    command.addAll(List.of(arguments));
    Patience.until(PATIENCE, String.join(" ", command), () -> succeeds(command));
  }

  private boolean succeeds(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()
            .waitFor()
        == 0;
  }
}
