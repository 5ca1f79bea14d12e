package dev.kedge.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kedge.experiment.ExperimentName;
import dev.kedge.process.TracedCalls;
import dev.kedge.stage.v1.DescribeRequest;
import dev.kedge.stage.v1.DescribeResponse;
import dev.kedge.stage.v1.StageServiceGrpc;
import dev.kedge.tracing.ChosenIds;
import dev.kedge.tracing.Fields;
import dev.kedge.tracing.Traces;
import dev.kedge.v1.Experiment;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One trace from a client's call through Temporal and a worker to a stage service. */
@Timeout(120)
class TracesTest {
  private static final String CLIENTS_TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENTS_SPAN = "b7ad6b7169203331";

  @TempDir private Path folder;
  private final InMemorySpanExporter sent = InMemorySpanExporter.create();
  private final Traces traces =
      Traces.through(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .setIdGenerator(new ChosenIds())
                      .addSpanProcessor(SimpleSpanProcessor.create(sent))
                      .build())
              .build());
  private final ExperimentName name = Platform.newName();
  private Platform platform;

  @BeforeEach
  void start() {
    platform = new Platform(folder, traces);
  }

  @AfterEach
  void stop() {
    platform.close();
    traces.close();
  }

  /** A call of a client that is in a trace, answered by a server as every process has it. */
  private void call(Runnable answer) throws Exception {
    var service =
        new StageServiceGrpc.StageServiceImplBase() {
          @Override
          public void describe(DescribeRequest request, StreamObserver<DescribeResponse> to) {
            answer.run();
            to.onNext(DescribeResponse.getDefaultInstance());
            to.onCompleted();
          }
        };
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service)
            .intercept(new TracedCalls(traces))
            .build()
            .start();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    try {
      DescribeResponse answered =
          StageServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(clients()))
              .describe(DescribeRequest.getDefaultInstance());
      assertThat(answered).isNotNull();
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private static Metadata clients() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
        "00-%s-%s-01".formatted(CLIENTS_TRACE, CLIENTS_SPAN));
    return headers;
  }

  private void await(Experiment.State state) throws InterruptedException {
    while (platform.get(name).getState() != state) {
      Thread.sleep(50);
    }
  }

  private List<SpanData> named(String span) {
    return sent.getFinishedSpanItems().stream().filter(one -> one.getName().equals(span)).toList();
  }

  private SpanData awaitOne(String span) throws InterruptedException {
    while (named(span).isEmpty()) {
      Thread.sleep(20);
    }
    assertThat(named(span)).hasSize(1);
    return named(span).get(0);
  }

  private static Consumer<SpanData> childOf(SpanData parent) {
    return span -> assertThat(span.getParentSpanId()).isEqualTo(parent.getSpanId());
  }

  @Test
  void aClientsCallTheExperimentItsStagesAndTheirServicesAreOneTrace() throws Exception {
    platform.service.mistakeNext(name, "train-l2");
    call(
        () -> {
          platform.record(name);
          platform.experiments().start(name);
        });
    await(Experiment.State.ATTENTION);

    SpanData call = awaitOne("kedge.stage.v1.StageService/Describe");
    assertThat(call.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(call.getParentSpanId()).isEqualTo(CLIENTS_SPAN);
    SpanData experiment = awaitOne("experiment");
    assertThat(experiment).satisfies(childOf(call));
    assertThat(named("queue TRAIN")).hasSize(3).allSatisfy(childOf(experiment));
    assertThat(named("stage TRAIN")).hasSize(3).allSatisfy(childOf(experiment));
    for (SpanData stage : named("stage TRAIN")) {
      assertThat(named("kedge.stage.v1.StageService/Run"))
          .filteredOn(run -> run.getParentSpanId().equals(stage.getSpanId()))
          .singleElement()
          .satisfies(run -> assertThat(run.getKind()).isEqualTo(SpanKind.SERVER));
    }
    assertThat(named("stage TRAIN"))
        .extracting(
            stage -> stage.getAttributes().get(Fields.STAGE),
            stage -> stage.getAttributes().get(Fields.END))
        .contains(tuple("train-l2", "BAD_SPEC"), tuple("train-full", "result"));
    assertThat(sent.getFinishedSpanItems())
        .extracting(SpanData::getTraceId)
        .containsOnly(CLIENTS_TRACE);

    sent.reset();
    call(
        () ->
            platform.experiments().retry(name, "train-l2", Map.of("method.l2.lambda", "2"), "ann"));
    await(Experiment.State.SUCCEEDED);
    SpanData again = awaitOne("experiment");
    assertThat(awaitOne("experiment retry"))
        .satisfies(childOf(awaitOne("kedge.stage.v1.StageService/Describe")));
    assertThat(awaitOne("stage TRAIN")).satisfies(childOf(again));
  }
}
