package dev.kedge.e2e;

import dev.kedge.e2e.BareWorkflow.Stage;
import dev.kedge.experiment.Temporal;
import dev.kedge.v1.Experiment;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What an experiment takes beside its computing on a real Temporal server, against a bare workflow
 * of the same shape on the same server. In turn: an experiment like one that has ended, from the
 * call of the client to the end in its record; and a workflow with an activity for each stage that
 * does nothing, which waits for the same ones.
 */
@Command(
    name = "overhead",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Times experiments against bare Temporal workflows of the same shape.")
public final class Overhead implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The first ones meet processes that have not been compiled. */
  private static final int WARMING = 3;

  @Option(names = "--server", defaultValue = "127.0.0.1:9090", description = "The gateway.")
  private String server;

  @Option(names = "--temporal", defaultValue = "127.0.0.1:9092", description = "Its Temporal.")
  private String temporal;

  @Option(names = "--namespace", defaultValue = "default", description = "Its namespace.")
  private String namespace;

  @Option(
      names = "--like",
      required = true,
      description = "`projects/PROJECT/experiments/ID` of one that has ended.")
  private String like;

  @Option(names = "--pairs", defaultValue = "15", description = "How many of each.")
  private int pairs;

  private final String queue = "overhead-" + UUID.randomUUID();

  /** Measures; the exit code is 0 if all experiments succeeded. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Overhead()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    WorkflowClient client = Temporal.client(temporal, namespace);
    WorkerFactory workers = WorkerFactory.newInstance(client);
    Worker worker = workers.newWorker(queue);
    worker.registerWorkflowImplementationTypes(BareWorkflow.Stages.class);
    BareWorkflow.Nothing nothing = stage -> stage;
    worker.registerActivitiesImplementations(nothing);
    workers.start();
    try (Repetition repetition = new Repetition(server, like, "overhead")) {
      List<Stage> shape =
          repetition.original().getStagesList().stream()
              .map(
                  stage ->
                      new Stage(
                          stage.getId(),
                          Stream.concat(
                                  stage.getNeedsList().stream(), stage.getAfterList().stream())
                              .toList()))
              .toList();
      measure(repetition, client, shape);
      return 0;
    } finally {
      workers.shutdownNow();
      client.getWorkflowServiceStubs().shutdownNow();
    }
  }

  private void measure(Repetition repetition, WorkflowClient client, List<Stage> shape)
      throws InterruptedException {
    List<Double> experiments = new ArrayList<>();
    List<Double> workflows = new ArrayList<>();
    for (int i = 0; i < WARMING + pairs; i++) {
      double experiment = experiment(repetition, i);
      double workflow = workflow(client, shape);
      if (i >= WARMING) {
        experiments.add(experiment);
        workflows.add(workflow);
        say("%d: experiment %.3f s, bare workflow %.3f s", i - WARMING + 1, experiment, workflow);
      }
    }
    double[] more = new double[pairs];
    double[] ratios = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      more[i] = 1000 * (experiments.get(i) - workflows.get(i)) / shape.size();
      ratios[i] = experiments.get(i) / workflows.get(i);
    }
    say("%d stages; of %d pairs: least, median, most", shape.size(), pairs);
    say("experiment / bare workflow: %s", spread(ratios));
    say("more for each stage, ms: %s", spread(more));
  }

  private static double experiment(Repetition repetition, int number) throws InterruptedException {
    Instant start = Instant.now();
    String name = repetition.launch(number).getName();
    Patience.until(PATIENCE, name + " has ended", () -> repetition.get(name).hasEndTime());
    Experiment ended = repetition.get(name);
    if (ended.getState() != Experiment.State.SUCCEEDED) {
      throw new IllegalStateException(name + " is " + ended.getState());
    }
    Instant end =
        Instant.ofEpochSecond(ended.getEndTime().getSeconds(), ended.getEndTime().getNanos());
    return Duration.between(start, end).toNanos() / 1e9;
  }

  private double workflow(WorkflowClient client, List<Stage> shape) {
    BareWorkflow workflow =
        client.newWorkflowStub(
            BareWorkflow.class, WorkflowOptions.newBuilder().setTaskQueue(queue).build());
    long start = System.nanoTime();
    workflow.run(shape);
    return (System.nanoTime() - start) / 1e9;
  }

  private static String spread(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.1f, %.1f, %.1f",
        sorted[0],
        sorted[sorted.length / 2],
        sorted[sorted.length - 1]);
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
