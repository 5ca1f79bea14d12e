package dev.kedge.testing;

import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.LogLine;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A stage's surroundings without a store: artifacts, parts and saved progress are folders, and what
 * is said is kept.
 */
public final class TestingContext implements StageContext {
  /** The stage's key. */
  public static final String KEY = "e".repeat(64);

  /** Folders by digest. */
  public final Map<String, Path> artifacts = new HashMap<>();

  /** Committed stages by key. */
  public final Map<String, CommittedStage> stages = new HashMap<>();

  /** Folders by part key. */
  public final Map<String, Path> parts = new HashMap<>();

  /** Keys of the parts that this attempt has saved, in order. */
  public final List<String> savedParts = new ArrayList<>();

  /** Keys of parts that stay with the result. */
  public final Set<String> keptParts = new HashSet<>();

  /** All progress that was told, nothing left out. */
  public final List<Progress> progress = new ArrayList<>();

  /** Log lines, each as {@code LEVEL text}. */
  public final List<String> lines = new ArrayList<>();

  /** What was fixed, by name. */
  public final Map<String, String> fixed = new HashMap<>();

  private final Path scratch;
  private final TestingFiles stored;
  private BooleanSupplier stop = () -> false;
  private Path saved;
  private int saves;

  /** Nothing is there yet but an existing folder for scratch. */
  public TestingContext(Path scratch) {
    this.scratch = scratch;
    this.stored = new TestingFiles(this);
  }

  /** Another attempt at the stage, which finds all that this one has left in the store. */
  public TestingContext next(Path otherScratch) {
    TestingContext next = new TestingContext(otherScratch);
    next.artifacts.putAll(artifacts);
    next.stages.putAll(stages);
    next.parts.putAll(parts);
    next.saved = saved;
    if (saved != null) {
      next.fixed.putAll(fixed);
    }
    return next;
  }

  /** The stage is to stop once this holds. */
  public void stopWhen(BooleanSupplier condition) {
    stop = condition;
  }

  /** Units that were done when progress was last told; 0 before. */
  public long done() {
    return progress.isEmpty() ? 0 : progress.get(progress.size() - 1).getDone();
  }

  @Override
  public String project() {
    return "default";
  }

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public NumericsProfile profile() {
    return NumericsProfile.ofThisMachine().with(fixed);
  }

  @Override
  public String fix(String name, Supplier<?> choice) {
    return fixed.computeIfAbsent(name, unused -> choice.get().toString());
  }

  @Override
  public Path artifact(String artifact) {
    return Optional.ofNullable(artifacts.get(artifact))
        .orElseThrow(() -> StageException.user("NO_SUCH_ARTIFACT", "there is no " + artifact));
  }

  @Override
  public TestingFiles stored() {
    return stored;
  }

  @Override
  public CommittedStage producer(Producer producer) {
    return Optional.ofNullable(stages.get(producer.getKey()))
        .orElseThrow(() -> StageException.user("NO_SUCH_STAGE", "there is no " + producer));
  }

  @Override
  public void progress(long done, long total, String unit, Map<String, Double> metrics) {
    progress.add(
        Progress.newBuilder()
            .setDone(done)
            .setTotal(total)
            .setUnit(unit)
            .putAllMetrics(metrics)
            .build());
  }

  @Override
  public void worked(String unit, long amount) {
    // Nobody watches this process.
  }

  @Override
  public void log(LogLine.Level level, String text) {
    lines.add(level + " " + text);
  }

  @Override
  public Path scratch() {
    return scratch;
  }

  @Override
  public synchronized Optional<Path> resumed() {
    return Optional.ofNullable(saved);
  }

  @Override
  public synchronized void saveProgress(Path folder) {
    try {
      saved =
          Files.move(folder, scratch.resolveSibling("saved-" + scratch.getFileName() + saves++));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean stopping() {
    return stop.getAsBoolean();
  }

  @Override
  public void checkStopping() {
    if (stopping()) {
      throw new StageStopped(StageStopped.Why.SHUTDOWN);
    }
  }

  @Override
  public Optional<Path> part(String partKey) {
    return Optional.ofNullable(parts.get(partKey));
  }

  @Override
  public void keepPart(String partKey) {
    keptParts.add(partKey);
  }

  @Override
  public void savePart(String partKey, StageOutput part) {
    try {
      Path folder = Files.createTempDirectory(scratch, "part");
      for (var file : stored.files(part).entrySet()) {
        Files.copy(file.getValue(), folder.resolve(file.getKey()));
      }
      parts.putIfAbsent(partKey, folder);
      savedParts.add(partKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
