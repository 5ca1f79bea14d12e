package dev.kedge.cli;

import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExperimentServiceGrpc.ExperimentServiceBlockingStub;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.RegistryServiceGrpc.RegistryServiceBlockingStub;
import dev.kedge.v1.RegistryServiceGrpc.RegistryServiceBlockingV2Stub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;

/**
 * The public API of one gateway, and the names of things in one project.
 *
 * @param channel the connection; closed with this
 * @param project the project's id
 */
record Gateway(ManagedChannel channel, String project) implements AutoCloseable {
  /** A report's page is large. */
  private static final int LARGEST_MESSAGE = 64 << 20;

  static ManagedChannel connect(String server) {
    return ManagedChannelBuilder.forTarget(server)
        .usePlaintext()
        .maxInboundMessageSize(LARGEST_MESSAGE)
        .build();
  }

  ExperimentServiceBlockingStub experiments() {
    return ExperimentServiceGrpc.newBlockingStub(channel);
  }

  RegistryServiceBlockingStub registry() {
    return RegistryServiceGrpc.newBlockingStub(channel);
  }

  /** For the calls that stream from here. */
  RegistryServiceBlockingV2Stub uploads() {
    return RegistryServiceGrpc.newBlockingV2Stub(channel);
  }

  String parent() {
    return "projects/" + project;
  }

  /** The full name of an experiment that is given by its id or its full name. */
  String experiment(String given) {
    return fullName("experiments", given);
  }

  String stage(String experiment, String stage) {
    return experiment(experiment) + "/stages/" + stage;
  }

  /** The full name of a model: NAME, NAME@ALIAS, NAME/versions/V or a full name. */
  String model(String given) {
    return fullName("models", given);
  }

  /** The full name of a data set: NAME, NAME/versions/V or a full name. */
  String dataset(String given) {
    return fullName("datasets", given);
  }

  /** The full name of a checkpoint: its digest, with or without {@code sha256:}, or a full name. */
  String checkpoint(String given) {
    return fullName(
        "checkpoints", given.startsWith("sha256:") ? given.substring("sha256:".length()) : given);
  }

  private String fullName(String collection, String given) {
    if (given.startsWith("projects/")) {
      return given;
    }
    String prefix = collection + "/";
    return parent() + "/" + (given.startsWith(prefix) ? given : prefix + given);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
