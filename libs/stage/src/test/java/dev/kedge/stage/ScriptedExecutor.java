package dev.kedge.stage;

import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does as the test says, and counts how often. */
class ScriptedExecutor implements StageExecutor {
  /** What an executor does. */
  interface Script {
    StageOutput execute(StageContext context) throws Exception;
  }

  private final AtomicInteger runs = new AtomicInteger();
  private final String device;
  private volatile Script script = ScriptedExecutor::text;

  ScriptedExecutor() {
    this("cpu");
  }

  ScriptedExecutor(String device) {
    this.device = device;
  }

  void does(Script next) {
    script = next;
    runs.set(0);
  }

  int runs() {
    return runs.get();
  }

  @Override
  public StageKind kind() {
    return StageKind.PREPARE;
  }

  @Override
  public NumericsProfile profile(StageSpec spec) {
    return NumericsProfile.ofThisMachine().with("device", device);
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws Exception {
    runs.incrementAndGet();
    return script.execute(context);
  }

  /** The output of a script that has nothing else to say. */
  static StageOutput text(StageContext context) throws IOException {
    Path file = Files.writeString(context.scratch().resolve("text"), "made by " + context.key());
    return new StageOutput.NewFiles(
        "text", new TreeMap<>(Map.of("text", file)), Map.of("lines", 1.0));
  }

  /** Works in batches of 10 ms until told to stop, or let go by the latch. */
  static Script until(CountDownLatch latch) {
    return context -> {
      for (long batch = 0; !latch.await(10, TimeUnit.MILLISECONDS); batch++) {
        context.checkStopping();
        context.progress(batch, 0, "batches", Map.of());
      }
      return text(context);
    };
  }
}
