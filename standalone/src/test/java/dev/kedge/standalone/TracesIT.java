package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector beside {@code kedge up}. */
class TracesIT {
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  @Test
  void oneTraceGoesFromTheCallThatLaunchesToTheTrainingsPhase(@TempDir Path folder)
      throws IOException {
    Server collector =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Receiver())
            .build()
            .start();
    Map<String, String> told =
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getPort());
    try (RunningKedge kedge = RunningKedge.start(folder.resolve("state"), told)) {
      new SmallModels(kedge, new ShapedData(folder.resolve("data")), folder).clip("small");
    } finally {
      collector.shutdownNow();
    }
    assertThat(way(only("phase full")))
        .containsExactly(
            "phase full",
            "compute",
            "work TRAIN",
            "kedge.stage.v1.StageService/Run",
            "stage TRAIN",
            "experiment",
            "kedge.v1.ExperimentService/LaunchExperiment");
    assertThat(spans)
        .filteredOn(span -> span.getTraceId().equals(only("phase full").getTraceId()))
        .extracting(Span::getName)
        .contains("queue TRAIN", "claim", "wait for a slot", "commit", "stage EVALUATE");
  }

  /** Names from a span up to the one that nothing has caused. */
  private List<String> way(Span from) {
    Map<ByteString, Span> known =
        spans.stream().collect(Collectors.toMap(Span::getSpanId, span -> span, (a, b) -> a));
    return Stream.iterate(from, span -> span != null, span -> known.get(span.getParentSpanId()))
        .map(Span::getName)
        .toList();
  }

  private Span only(String name) {
    List<Span> found = spans.stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private final class Receiver extends TraceServiceGrpc.TraceServiceImplBase {
    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> to) {
      request.getResourceSpansList().stream()
          .flatMap(process -> process.getScopeSpansList().stream())
          .forEach(scope -> spans.addAll(scope.getSpansList()));
      to.onNext(ExportTraceServiceResponse.getDefaultInstance());
      to.onCompleted();
    }
  }
}
