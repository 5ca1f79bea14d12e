package dev.kedge.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.tracing.Fields;
import dev.kedge.tracing.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who looks at a trace sees of a stage. */
@Timeout(60)
class StageTraceTest {
  @TempDir private static Path folder;
  private static EmbeddedS3 s3;
  private static ObjectStore objects;
  private final InMemorySpanExporter sent = InMemorySpanExporter.create();
  private final Traces traces =
      Traces.through(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(sent))
                      .build())
              .build());
  private final ScriptedExecutor executor = new ScriptedExecutor();
  private StageProcess process;

  @BeforeAll
  static void startStore() {
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
  }

  @AfterAll
  static void stopStore() {
    objects.close();
    s3.close();
  }

  @BeforeEach
  void start() {
    process = new StageProcess("here", objects, folder, executor, traces);
  }

  @AfterEach
  void stop() {
    process.close();
    traces.close();
  }

  private record Call(SpanContext span, Caller caller) {}

  private Call run(RunRequest request) {
    Span span = traces.span("call").startSpan();
    Caller caller = Context.root().with(span).wrapSupplier(() -> process.run(request)).get();
    span.end();
    return new Call(span.getSpanContext(), caller);
  }

  private SpanData only(String name) {
    List<SpanData> found =
        sent.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private static void assertChild(SpanData span, SpanContext parent) {
    assertThat(span.getTraceId()).isEqualTo(parent.getTraceId());
    assertThat(span.getParentSpanId()).as(span.getName()).isEqualTo(parent.getSpanId());
  }

  @Test
  void theCallHasTheWorkAndTheWorkItsSteps() throws Exception {
    Map<String, Object> logged = new ConcurrentHashMap<>();
    executor.does(
        context -> {
          logged.putAll(new HashMap<>(MDC.getMap()));
          return context.step("phase one", () -> ScriptedExecutor.text(context));
        });
    RunRequest request = Requests.fresh();
    Call call = run(request);
    call.caller().last();

    SpanData work = only("work PREPARE");
    assertChild(work, call.span());
    for (String step : List.of("claim", "wait for a slot", "compute", "commit")) {
      assertChild(only(step), work.getSpanContext());
    }
    assertChild(only("phase one"), only("compute").getSpanContext());
    assertThat(work.getAttributes().get(Fields.PROJECT)).isEqualTo("default");
    assertThat(work.getAttributes().get(Fields.EXPERIMENT)).isEqualTo("a");
    assertThat(work.getAttributes().get(Fields.STAGE)).isEqualTo("s");
    assertThat(work.getAttributes().get(Fields.KIND)).isEqualTo("PREPARE");
    assertThat(work.getAttributes().get(Fields.KEY)).isEqualTo(request.getKey());
    assertThat(work.getAttributes().get(Fields.ATTEMPT)).isEqualTo(1);
    assertThat(work.getAttributes().get(Fields.END)).isEqualTo("committed");
    assertThat(logged)
        .containsEntry("traceId", work.getTraceId())
        .containsEntry("spanId", work.getSpanId());
  }

  @Test
  void whatWasDoneBeforeIsWorkWithoutSteps() throws Exception {
    RunRequest request = Requests.fresh();
    process.run(request).last();
    sent.reset();
    run(request).caller().last();
    assertThat(only("work PREPARE").getAttributes().get(Fields.END)).isEqualTo("cached");
    assertThat(sent.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactlyInAnyOrder("call", "work PREPARE");
  }

  @Test
  void aFailureIsSeenByItsReasonAndNotByItsMessage() throws Exception {
    executor.does(
        context -> {
          throw StageException.user("BAD_RECORD", "the record of Ann Smith is broken", null);
        });
    run(Requests.fresh()).caller().failure();
    assertThat(only("work PREPARE").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(only("compute").getStatus().getDescription()).isEqualTo("BAD_RECORD");
    assertThat(sent.getFinishedSpanItems()).noneMatch(span -> span.toString().contains("Smith"));
  }

  @Test
  void whoJoinsAStageOfAnotherTraceAndTheStageLeadToEachOther() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    executor.does(ScriptedExecutor.until(done));
    RunRequest request = Requests.fresh();
    Call first = run(request);
    first.caller().await(event -> event.hasProgress());
    Call second = run(request.toBuilder().setRequester("experiments/b/stages/s").build());
    done.countDown();
    second.caller().last();

    SpanData work = only("work PREPARE");
    assertChild(work, first.span());
    assertThat(work.getLinks())
        .extracting(LinkData::getSpanContext)
        .extracting(SpanContext::getSpanId)
        .containsExactly(second.span().getSpanId());
    assertThat(sent.getFinishedSpanItems())
        .filteredOn(span -> span.getSpanId().equals(second.span().getSpanId()))
        .flatExtracting(SpanData::getLinks)
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(work.getSpanId());
  }
}
