package dev.kedge.dataprep;

import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.LogLine;
import dev.kedge.stage.v1.Producer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage's surroundings with one artifact, which remembers what it was told. */
final class TestingContext implements StageContext {
  static final String SOURCE = "sha256:source";

  final List<String> lines = new ArrayList<>();
  final List<String> progress = new ArrayList<>();
  boolean stopping;

  private final Path source;
  private final Path scratch;

  TestingContext(Path source, Path scratch) {
    this.source = source;
    this.scratch = scratch;
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
    if (!artifact.equals(SOURCE)) {
      throw new IllegalArgumentException("no artifact " + artifact);
    }
    return source;
  }

  @Override
  public CommittedStage producer(Producer producer) {
    throw new UnsupportedOperationException("this stage has no producers");
  }

  @Override
  public void progress(long done, long total, String unit, Map<String, Double> metrics) {
    progress.add("%d of %d %s %s".formatted(done, total, unit, metrics));
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
  public Optional<Path> resumed() {
    return Optional.empty();
  }

  @Override
  public void saveProgress(Path folder) {
    throw new UnsupportedOperationException("this stage saves no progress");
  }

  @Override
  public boolean stopping() {
    return stopping;
  }

  @Override
  public void checkStopping() {
    if (stopping) {
      throw new StageStopped(StageStopped.Why.CANCELLED);
    }
  }

  @Override
  public Optional<Path> part(String partKey) {
    return Optional.empty();
  }

  @Override
  public void savePart(String partKey, StageOutput part) {
    throw new UnsupportedOperationException("this stage has no parts");
  }
}
