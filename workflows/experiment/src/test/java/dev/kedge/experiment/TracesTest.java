package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.experiment.trace.TracedTemporal;
import dev.kedge.tracing.ChosenIds;
import dev.kedge.tracing.Fields;
import dev.kedge.tracing.Traces;
import dev.kedge.v1.Stage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces on their way through a real Temporal. */
@Timeout(120)
class TracesTest {
  private static final Map<String, String> STRONGER = Map.of("method.l2.lambda", "2");

  private final InMemorySpanExporter sent = InMemorySpanExporter.create();
  private final AtomicInteger begun = new AtomicInteger();
  private final Traces traces =
      Traces.through(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .setIdGenerator(new ChosenIds())
                      .addSpanProcessor(SimpleSpanProcessor.create(sent))
                      .addSpanProcessor(new Beginnings())
                      .build())
              .build());

  /** Counts the experiments' spans that are begun, sent or not. */
  private final class Beginnings implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      if (span.getName().equals("experiment")) {
        begun.incrementAndGet();
      }
    }

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
      return false;
    }
  }

  @AfterEach
  void close() {
    traces.close();
  }

  private record Called<T>(SpanContext span, T answer) {}

  private <T> Called<T> call(String name, Supplier<T> call) {
    Span span = traces.span(name).startSpan();
    try {
      return new Called<>(
          span.getSpanContext(), Context.root().with(span).wrapSupplier(call).get());
    } finally {
      span.end();
    }
  }

  private Called<Boolean> retry(Stagehand hand, ExperimentName name) {
    return call(
        "call",
        () -> {
          hand.experiments().retry(name, "train-l2", STRONGER, "ann");
          return true;
        });
  }

  private SpanData only(String name) {
    assertThat(named(name)).as(name).hasSize(1);
    return named(name).get(0);
  }

  private List<SpanData> named(String name) {
    return sent.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  private static void assertChild(SpanData span, SpanContext parent) {
    assertThat(span.getTraceId()).isEqualTo(parent.getTraceId());
    assertThat(span.getParentSpanId()).isEqualTo(parent.getSpanId());
  }

  @Test
  void aLaunchItsWorkflowAndItsStagesAreOneTrace() {
    try (var hand = new Stagehand(traces)) {
      Called<ExperimentName> launch = call("launch", hand::launch);
      hand.await(launch.answer());
      SpanData experiment = only("experiment");
      assertChild(experiment, launch.span());
      assertThat(experiment.getAttributes().get(Fields.EXPERIMENT)).isEqualTo(launch.answer().id());
      assertThat(experiment.getAttributes().get(Fields.PROJECT)).isEqualTo("default");
      for (String stage : List.of("prepare-t", "train-full", "train-l2", "report")) {
        assertThat(hand.stages.spanOf(stage).getTraceId()).isEqualTo(experiment.getTraceId());
        assertThat(hand.stages.spanOf(stage).getSpanId()).isEqualTo(experiment.getSpanId());
      }
    }
  }

  @Test
  void whoeverReplaysTheWorkflowGoesOnWithTheSameSpanAndItIsSentOnce() {
    try (var hand = new Stagehand(traces)) {
      hand.forget();
      List<ExperimentName> names =
          Stream.generate(() -> call("launch", hand::launch).answer()).limit(3).toList();
      names.forEach(hand::await);
      assertThat(begun).as("replays").hasValueGreaterThan(names.size());
      List<SpanData> experiments = named("experiment");
      assertThat(experiments)
          .extracting(span -> span.getAttributes().get(Fields.EXPERIMENT))
          .containsExactlyInAnyOrderElementsOf(names.stream().map(ExperimentName::id).toList());
      assertThat(experiments)
          .extracting(SpanData::getSpanId)
          .contains(hand.stages.spanOf("report").getSpanId());
    }
  }

  @Test
  void anExperimentThatNobodyLaunchedHereHasATraceOfItsOwn() {
    try (var hand = new Stagehand(traces)) {
      ExperimentName name = hand.launch();
      hand.await(name);
      assertThat(only("experiment").getParentSpanContext().isValid()).isFalse();
      assertThat(hand.stages.spanOf("report").getTraceId())
          .isEqualTo(only("experiment").getTraceId());
    }
  }

  @Test
  void aRetryAndWhatFollowsFromItAreInTheTraceOfWhoAsked() {
    try (var hand = new Stagehand(traces)) {
      hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
      ExperimentName name = call("launch", hand::launch).answer();
      hand.await(name);
      sent.reset();
      SpanContext asking = retry(hand, name).span();
      hand.await(name);
      assertChild(only("experiment retry"), asking);
      assertChild(only("experiment"), asking);
      assertThat(hand.stages.spanOf("train-l2").getTraceId()).isEqualTo(asking.getTraceId());
    }
  }

  @Test
  void aRetryOfAnExperimentThatRunsLeadsToItsTrace() {
    try (var hand = new Stagehand(traces)) {
      CountDownLatch allowed = new CountDownLatch(1);
      hand.stages.waitNext("train-full", allowed);
      hand.stages.failNext("train-l2", "BAD_LAMBDA", "USER", false);
      ExperimentName name = call("launch", hand::launch).answer();
      hand.until(() -> hand.records.stage(name, "train-l2").getState() == Stage.State.PARKED);
      SpanContext asking = retry(hand, name).span();
      allowed.countDown();
      hand.await(name);
      SpanData retry = only("experiment retry");
      assertChild(retry, asking);
      assertThat(retry.getLinks())
          .extracting(LinkData::getSpanContext)
          .extracting(SpanContext::getSpanId)
          .containsExactly(only("experiment").getSpanId());
    }
  }

  @Test
  void withoutACollectorNothingIsInTheHistory() {
    try (var hand = new Stagehand()) {
      ExperimentName name = call("launch", hand::launch).answer();
      hand.await(name);
      assertThat(hand.history(name)).doesNotContain("traceparent");
      assertThat(hand.stages.spanOf("report").isValid()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parked", "retried", "cancelled", "resumed", "waiting-for-permits"})
  void aHistoryFromBeforeThereWereTracesIsReplayedAndMakesNone(String name) throws Exception {
    replay(Files.readString(Path.of("src/test/resources/histories", name + ".json")));
    assertThat(sent.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void aTracedHistoryIsReplayedAndMakesNoSpans() throws Exception {
    try (var hand = new Stagehand(traces)) {
      ExperimentName name = call("launch", hand::launch).answer();
      hand.await(name);
      String history = hand.history(name);
      assertThat(history).contains("traceparent");
      sent.reset();
      replay(history);
    }
    assertThat(sent.getFinishedSpanItems()).isEmpty();
  }

  private void replay(String history) throws Exception {
    var options = WorkerFactoryOptions.newBuilder();
    TracedTemporal.plugin(traces).configureWorkerFactory(options);
    try (TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setWorkerFactoryOptions(options.build()).build())) {
      Worker worker = environment.newWorker(TaskQueues.EXPERIMENTS);
      worker.registerWorkflowImplementationTypes(StagedExperiment.class);
      WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(history), worker);
    }
  }
}
