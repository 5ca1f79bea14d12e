package dev.kedge.evaluation;

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

/** A stage without a store: artifacts and saved parts are folders, and it can be told to stop. */
final class TestingContext implements StageContext {
  final Map<String, Path> artifacts = new HashMap<>();
  final Map<String, Path> parts = new HashMap<>();
  final List<Long> progress = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  long total;
  long stopAfter = Long.MAX_VALUE;
  private final Path disk;

  TestingContext(Path disk) {
    this.disk = disk;
  }

  /** Pictures that were scored, counted once for each model. */
  long scored() {
    return progress.isEmpty() ? 0 : progress.get(progress.size() - 1);
  }

  /** The same store in the eyes of another attempt, or of another stage. */
  TestingContext next() {
    TestingContext next = new TestingContext(disk);
    next.artifacts.putAll(artifacts);
    next.parts.putAll(parts);
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
    progress.add(done);
    this.total = total;
  }

  @Override
  public void log(LogLine.Level level, String text) {
    lines.add(text);
  }

  @Override
  public Path scratch() {
    return disk;
  }

  @Override
  public Optional<Path> resumed() {
    return Optional.empty();
  }

  @Override
  public void saveProgress(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean stopping() {
    return scored() >= stopAfter;
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
  public void savePart(String partKey, StageOutput part) {
    try {
      Path folder = Files.createTempDirectory(disk, "part");
      for (var file : ((StageOutput.NewFiles) part).files().entrySet()) {
        Files.copy(file.getValue(), folder.resolve(file.getKey()));
      }
      parts.putIfAbsent(partKey, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
