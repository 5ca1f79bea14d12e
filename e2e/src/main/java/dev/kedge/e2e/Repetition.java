package dev.kedge.e2e;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExperimentServiceGrpc.ExperimentServiceBlockingStub;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListExperimentsResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Experiments like one that has ended: all their stages but the report are answered from what is
 * there, so that what is measured is Kedge itself.
 */
final class Repetition implements AutoCloseable {
  private static final int PAGE = 500;

  private final ManagedChannel channel;
  private final Experiment original;
  private final String title;

  /**
   * Looks the original up.
   *
   * @param server the gateway
   * @param like {@code projects/PROJECT/experiments/ID} of one that has ended
   * @param purpose begins the title of all repetitions
   */
  Repetition(String server, String like, String purpose) {
    channel = NettyChannelBuilder.forTarget(server).usePlaintext().build();
    original = get(like);
    title = purpose + " " + UUID.randomUUID();
  }

  Experiment original() {
    return original;
  }

  /** Launches one; the numbers tell them apart. */
  Experiment launch(int number) {
    Experiment launched =
        stub()
            .withDeadlineAfter(1, TimeUnit.MINUTES)
            .launchExperiment(
                LaunchExperimentRequest.newBuilder()
                    .setParent(parent())
                    .setSpec(original.getSpec())
                    .setRequestId("%s %d".formatted(title, number))
                    .setDisplayName(title)
                    .build());
    if (!launched.getDisplayName().equals(title)) {
      throw new IllegalStateException("asked for " + title + ", got " + launched.getName());
    }
    return launched;
  }

  Experiment get(String name) {
    return stub().getExperiment(GetExperimentRequest.newBuilder().setName(name).build());
  }

  /** All that were launched, without their stages. */
  List<Experiment> list() {
    List<Experiment> found = new ArrayList<>();
    String page = "";
    do {
      ListExperimentsResponse answer =
          stub()
              .listExperiments(
                  ListExperimentsRequest.newBuilder()
                      .setParent(parent())
                      .setFilter("title = \"%s\"".formatted(title))
                      .setPageSize(PAGE)
                      .setPageToken(page)
                      .build());
      found.addAll(answer.getExperimentsList());
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    return found;
  }

  private String parent() {
    String name = original.getName();
    return name.substring(0, name.indexOf("/experiments/"));
  }

  private ExperimentServiceBlockingStub stub() {
    return ExperimentServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
