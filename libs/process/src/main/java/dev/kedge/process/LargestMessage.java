package dev.kedge.process;

import jakarta.enterprise.context.Dependent;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The longest message that the server reads, as people are told of it. */
@Dependent
public final class LargestMessage {
  private final int bytes;

  /**
   * The server's limit.
   *
   * @param bytes whole MiB are told
   */
  public LargestMessage(
      @ConfigProperty(name = "quarkus.grpc.server.max-inbound-message-size") int bytes) {
    this.bytes = bytes;
  }

  @Override
  public String toString() {
    return "%d MiB".formatted(bytes >> 20);
  }
}
