package dev.kedge.e2e;

import dev.kedge.v1.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Many experiments at once on a platform that is up: each like one that has ended, so that all its
 * stages but the report are answered from what is there, and what is measured is Kedge itself.
 */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Launches many experiments like one that has ended, and waits for all of them.")
public final class Load implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  @Option(names = "--server", defaultValue = "127.0.0.1:9090", description = "The gateway.")
  private String server;

  @Option(
      names = "--like",
      required = true,
      description = "`projects/PROJECT/experiments/ID` of one that has ended.")
  private String like;

  @Option(names = "--experiments", defaultValue = "300", description = "How many.")
  private int experiments;

  @Option(names = "--at-once", defaultValue = "16", description = "Calls under way at a time.")
  private int atOnce;

  @Option(names = "--pid", description = "The platform's process, whose memory is told.")
  private Long pid;

  /** Loads; the exit code is 0 if all experiments succeeded. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Load()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (Repetition repetition = new Repetition(server, like, "load")) {
      say("%d experiments like %s, %d calls at a time", experiments, like, atOnce);
      say("memory before: %s", memory());
      long start = System.nanoTime();
      double[] seconds = launch(repetition);
      say(
          "launched in %.1f s; latency: median %.3f s, p99 %.3f s, worst %.3f s",
          since(start), at(seconds, 0.5), at(seconds, 0.99), at(seconds, 1));
      Patience.until(PATIENCE, "all have succeeded", () -> succeeded(repetition) == experiments);
      say("all succeeded after %.1f s; %.2f a second", since(start), experiments / since(start));
      long listing = System.nanoTime();
      succeeded(repetition);
      say("listed all in %.3f s", since(listing));
      say("memory after: %s", memory());
      return 0;
    }
  }

  private double[] launch(Repetition repetition) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<Double>> calls =
          IntStream.range(0, experiments)
              .mapToObj(i -> callers.submit(() -> launch(repetition, i)))
              .toList();
      List<Double> seconds = new ArrayList<>();
      for (Future<Double> call : calls) {
        seconds.add(call.get());
      }
      return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    } finally {
      callers.shutdownNow();
    }
  }

  private static double launch(Repetition repetition, int number) {
    long start = System.nanoTime();
    Experiment unused = repetition.launch(number);
    return since(start);
  }

  private static long succeeded(Repetition repetition) {
    return repetition.list().stream()
        .filter(one -> one.getState() == Experiment.State.SUCCEEDED)
        .count();
  }

  private String memory() throws Exception {
    if (pid == null) {
      return "not asked for (--pid)";
    }
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
        .map(line -> line.replaceAll("\\s+", " "))
        .reduce((one, other) -> one + ", " + other)
        .orElseThrow();
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
