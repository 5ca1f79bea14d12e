package dev.kedge.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spans on their way to a collector. */
@Timeout(60)
class TracesTest {
  private final List<ResourceSpans> received = new CopyOnWriteArrayList<>();
  private Server collector;

  @BeforeEach
  void start() throws Exception {
    collector =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Receiver())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    collector.shutdownNow();
  }

  private final class Receiver extends TraceServiceGrpc.TraceServiceImplBase {
    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> to) {
      received.addAll(request.getResourceSpansList());
      to.onNext(ExportTraceServiceResponse.getDefaultInstance());
      to.onCompleted();
    }
  }

  private Map<String, String> configured() {
    return Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + collector.getPort());
  }

  @Test
  void spansReachTheCollectorUnderTheNameOfTheProcessAndTheirChosenIds() {
    try (Traces traces = Traces.collected("kedge-tested", "1", configured())) {
      assertThat(traces.on()).isTrue();
      ChosenIds.begin(traces.span("chosen"), "ab".repeat(16), "cd".repeat(8)).end();
    }
    assertThat(received)
        .singleElement()
        .satisfies(
            process -> {
              assertThat(process.getResource().getAttributesList())
                  .filteredOn(attribute -> attribute.getKey().equals("service.name"))
                  .extracting(attribute -> attribute.getValue().getStringValue())
                  .containsExactly("kedge-tested");
              assertThat(process.getScopeSpans(0).getSpans(0).getName()).isEqualTo("chosen");
              assertThat(process.getScopeSpans(0).getSpans(0).getTraceId().byteAt(0))
                  .isEqualTo((byte) 0xab);
              assertThat(process.getScopeSpans(0).getSpans(0).getSpanId().byteAt(0))
                  .isEqualTo((byte) 0xcd);
            });
  }

  @Test
  void whoIsOffMakesNothing() {
    assertThat(Traces.off().on()).isFalse();
    assertThat(Traces.logFields(Traces.off().span("x").startSpan())).isEmpty();
  }
}
