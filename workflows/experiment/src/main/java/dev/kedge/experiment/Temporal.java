package dev.kedge.experiment;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import dev.kedge.experiment.payload.PayloadKeys;
import dev.kedge.experiment.trace.TracedTemporal;
import dev.kedge.production.Production;
import dev.kedge.tracing.Traces;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The connection to Temporal, one for the process. It is made on first use. */
@Singleton
public class Temporal {
  private static final double REPORT_SECONDS = 5;

  /** A server that starts on a busy machine, or anew after a fault, takes a minute at most. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

  /** A client that nobody watches; nothing is sent before it is used. */
  public static WorkflowClient client(String address, String namespace) {
    return client(address, namespace, Traces.off());
  }

  /** A client that is traced alone. */
  public static WorkflowClient client(String address, String namespace, Traces traces) {
    return client(address, namespace, PayloadKeys.none(), traces);
  }

  /** A client whose payloads are sealed, and that nobody watches. */
  static WorkflowClient client(String address, String namespace, PayloadKeys keys, Traces traces) {
    return client(
        WorkflowServiceStubsOptions.newBuilder().setTarget(address),
        namespace,
        keys,
        new NoopScope(),
        traces);
  }

  /**
   * Waits until the server answers: processes start in any order.
   *
   * @throws IllegalStateException if it does not in three minutes, saying what to look at
   */
  public static void await(WorkflowClient client) {
    await(client, PATIENCE);
  }

  static void await(WorkflowClient client, Duration patience) {
    AtomicBoolean isEnding = new AtomicBoolean();
    Thread waiting = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              isEnding.set(true);
              LockSupport.unpark(waiting);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      await(client, patience, isEnding);
    } finally {
      removeUnlessEnding(hook);
    }
  }

  private static void removeUnlessEnding(Thread hook) {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It has run, or is about to.
    }
  }

  /**
   * Waits.
   *
   * @param isEnding becomes true when the process is told to end: nobody waits for it any more
   */
  private static void await(WorkflowClient client, Duration patience, AtomicBoolean isEnding) {
    long end = System.nanoTime() + patience.toNanos();
    Optional<StatusRuntimeException> silent = silence(client);
    while (silent.isPresent() && System.nanoTime() < end && !isEnding.get()) {
      LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
      silent = silence(client);
    }
    if (silent.isPresent()) {
      throw new IllegalStateException(
          "Temporal on %s with the namespace %s did not answer within %d s (%s): start it, or set kedge.temporal.address and .namespace"
              .formatted(
                  client.getWorkflowServiceStubs().getOptions().getTarget(),
                  client.getOptions().getNamespace(),
                  patience.toSeconds(),
                  silent.get().getStatus().getCode()),
          silent.get());
    }
  }

  /** Whether the server, and the namespace in it, is there now. */
  public static boolean answers(WorkflowClient client) {
    return silence(client).isEmpty();
  }

  /** Why the namespace cannot be had; a server that has just started may not know it yet. */
  private static Optional<StatusRuntimeException> silence(WorkflowClient client) {
    DescribeNamespaceRequest question =
        DescribeNamespaceRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .build();
    try {
      client
          .getWorkflowServiceStubs()
          .blockingStub()
          .withDeadlineAfter(ANSWER.toSeconds(), TimeUnit.SECONDS)
          .describeNamespace(question);
      return Optional.empty();
    } catch (StatusRuntimeException unanswered) {
      return Optional.of(unanswered);
    }
  }

  private static WorkflowClient client(
      WorkflowServiceStubsOptions.Builder server,
      String namespace,
      PayloadKeys keys,
      Scope metrics,
      Traces traces) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(server.setMetricsScope(metrics).build());
    var options =
        WorkflowClientOptions.newBuilder()
            .setNamespace(namespace)
            .setDataConverter(keys.converter());
    if (traces.on()) {
      options.setPlugins(TracedTemporal.plugin(traces));
    }
    return WorkflowClient.newInstance(stubs, options.build());
  }

  @Produces
  @Singleton
  WorkflowClient client(
      TemporalConfig config, Scope metrics, Traces traces, Production production) {
    production.check();
    var server = WorkflowServiceStubsOptions.newBuilder().setTarget(config.address());
    if (config.tls().enabled()) {
      server.setSslContext(new TemporalTls(config.tls()).context());
    } else if (config.tls().authority().isPresent() || config.tls().certificate().isPresent()) {
      throw new IllegalStateException(
          "kedge.temporal.tls has certificates, and kedge.temporal.tls.enabled is not true: the"
              + " connection would be open; set it, or take them away");
    }
    PayloadKeys keys = config.payloadKeys().map(PayloadKeys::read).orElseGet(PayloadKeys::none);
    return client(server, config.namespace(), keys, metrics, traces);
  }

  void close(@Disposes WorkflowClient client) {
    client.getWorkflowServiceStubs().shutdownNow();
  }

  /** What Temporal's SDK measures of itself, among the process's own metrics. */
  @Produces
  @Singleton
  Scope metrics(MeterRegistry registry) {
    return new RootScopeBuilder()
        .reporter(new MicrometerClientStatsReporter(registry))
        .reportEvery(com.uber.m3.util.Duration.ofSeconds(REPORT_SECONDS));
  }

  void close(@Disposes Scope metrics) throws ScopeCloseException {
    metrics.close();
  }

  /** Few steps instead of the SDK's many: it has a histogram for each call, queue and state. */
  @Produces
  @Singleton
  MeterFilter fewSteps() {
    return new TemporalHistograms();
  }

  @Produces
  @Singleton
  Experiments experiments(WorkflowClient client) {
    return new Experiments(client);
  }

  @Produces
  @Singleton
  Inspections inspections(WorkflowClient client) {
    return new Inspections(client);
  }
}
