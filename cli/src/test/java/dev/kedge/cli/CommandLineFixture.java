package dev.kedge.cli;

import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Runs commands against a gateway in this process. */
abstract class CommandLineFixture {
  final TestingGateway gateway = new TestingGateway();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final String name = InProcessServerBuilder.generateName();
  private Server server;

  @BeforeEach
  void startGateway() throws IOException {
    server =
        InProcessServerBuilder.forName(name)
            .addService(gateway.new Experiments())
            .addService(gateway.new Registry())
            .addService(gateway.new Storage())
            .addService(gateway.new Platform())
            .build()
            .start();
  }

  @AfterEach
  void stopGateway() {
    server.shutdownNow();
  }

  int kedge(String... args) {
    out.reset();
    err.reset();
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            Duration.ofSeconds(20));
    return KedgeCommand.commandLine(
            terminal, target -> InProcessChannelBuilder.forName(name).build())
        .execute(args);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  <T> T asked(Class<T> type) {
    return gateway.requests.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
