package dev.kedge.e2e;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExperimentServiceGrpc.ExperimentServiceBlockingStub;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.Report;
import dev.kedge.v1.RetryStageRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a program asks of the platform; every answer is waited for ten seconds at most. */
final class Gateway implements AutoCloseable {
  private static final int SECONDS = 10;

  private final ManagedChannel channel;

  Gateway(Ports ports) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", ports.gateway())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  /** The experiment of a title, if it was launched. */
  Optional<Experiment> find(String project, String title) {
    return list(project, title).stream()
        .findFirst()
        .map(one -> GetExperimentRequest.newBuilder().setName(one.getName()).build())
        .map(stub()::getExperiment);
  }

  /** How many experiments there are of a title. */
  int count(String project, String title) {
    return list(project, title).size();
  }

  private List<Experiment> list(String project, String title) {
    return stub()
        .listExperiments(
            ListExperimentsRequest.newBuilder()
                .setParent("projects/" + project)
                .setFilter("title = \"%s\"".formatted(title))
                .build())
        .getExperimentsList();
  }

  void retry(String stage) {
    Experiment unused = stub().retryStage(RetryStageRequest.newBuilder().setName(stage).build());
  }

  Report report(String experiment) {
    return stub().getReport(GetReportRequest.newBuilder().setName(experiment).build()).getReport();
  }

  private ExperimentServiceBlockingStub stub() {
    return ExperimentServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
