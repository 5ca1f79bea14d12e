package dev.kedge.training;

import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.LogLine;
import dev.kedge.stage.v1.Producer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage without a store: artifacts are folders, and it can be told to stop after some steps. */
final class TestingContext implements StageContext {
  final Map<String, Path> artifacts;
  final List<Map<String, Double>> steps = new ArrayList<>();
  long stopAfter = Long.MAX_VALUE;
  private final Path scratch;
  private Path saved;
  private int saves;

  TestingContext(Map<String, Path> artifacts, Path scratch) {
    this.artifacts = new HashMap<>(artifacts);
    this.scratch = scratch;
  }

  /** The same stage, claimed again by a new process. */
  TestingContext nextAttempt(Path otherScratch) {
    TestingContext next = new TestingContext(artifacts, otherScratch);
    next.saved = saved;
    return next;
  }

  @Override
  public String project() {
    return "default";
  }

  @Override
  public String key() {
    return "0".repeat(64);
  }

  @Override
  public NumericsProfile profile() {
    return NumericsProfile.ofThisMachine();
  }

  @Override
  public Path artifact(String artifact) {
    Path folder = artifacts.get(artifact);
    if (folder == null) {
      throw StageException.user("NO_SUCH_ARTIFACT", "there is no artifact " + artifact);
    }
    return folder;
  }

  @Override
  public CommittedStage producer(Producer producer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void progress(long done, long total, String unit, Map<String, Double> metrics) {
    if (unit.equals("steps")) {
      steps.add(metrics);
    }
  }

  @Override
  public void log(LogLine.Level level, String text) {}

  @Override
  public Path scratch() {
    return scratch;
  }

  @Override
  public Optional<Path> resumed() {
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
    return steps.size() >= stopAfter;
  }

  @Override
  public void checkStopping() {
    if (stopping()) {
      throw new StageStopped(StageStopped.Why.SHUTDOWN);
    }
  }

  @Override
  public Optional<Path> part(String partKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void savePart(String partKey, StageOutput part) {
    throw new UnsupportedOperationException();
  }
}
