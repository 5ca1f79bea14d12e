package dev.kedge.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.stage.v1.LogLine;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Progress;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.Resumption;
import dev.kedge.store.StageLookup;
import dev.kedge.store.StageResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** One attempt at a stage under one lease, as its executor sees it. */
final class Attempt implements StageContext, AutoCloseable {
  private final StageId id;
  private final ProjectStore project;
  private final Patience patience;
  private final StageReporter reporter;
  private final StopSignal stop;
  private final Workspace workspace;
  private final ProgressUploads uploads;
  private final WorkMeter work;
  private final StageTrace trace;
  private final Optional<Resumption> resumption;
  private final ComputeClock clock;
  private final boolean exact;

  /** Grows by what is fixed under way. */
  private volatile NumericsProfile profile;

  private final Set<String> keptParts = new ConcurrentSkipListSet<>();

  /**
   * @param own what this machine computes with
   */
  Attempt(
      StageId id,
      ProjectStore project,
      Patience patience,
      NumericsProfile own,
      StageReporter reporter,
      StopSignal stop,
      Workspace workspace,
      ProgressUploads uploads,
      WorkMeter work,
      StageTrace trace) {
    this.id = id;
    this.project = project;
    this.patience = patience;
    this.reporter = reporter;
    this.stop = stop;
    this.workspace = workspace;
    this.uploads = uploads;
    this.work = work;
    this.trace = trace;
    this.resumption = patience.with(() -> project.progress(id.key()).newest());
    SavedState saved =
        resumption
            .map(from -> SavedState.read(from.progress().state()))
            .orElseGet(() -> SavedState.nothing(own));
    this.clock = new ComputeClock(saved.computeSeconds());
    this.profile = saved.profile();
    this.exact =
        saved.exact() && profile.includes(own) && (resumption.isEmpty() || profile.repeats());
  }

  /** Starts the clock, and says where the work goes on from. */
  void begin() {
    clock.start();
    if (resumption.isPresent()) {
      work.resumed();
      reporter.info("goes on from saved progress");
    }
    if (!exact) {
      reporter.warn(
          "not bit for bit: the stage goes on from what was saved under the numerics profile "
              + profile.values());
    }
  }

  /** Whether there is saved progress to go on from. */
  boolean goesOn() {
    return resumption.isPresent();
  }

  /** Seconds of computing, earlier attempts that led here included. */
  ComputeClock clock() {
    return clock;
  }

  /** Whether it is, bit for bit, what one attempt under one profile computes. */
  boolean exact() {
    return exact;
  }

  @Override
  public String project() {
    return id.project();
  }

  @Override
  public String key() {
    return id.key();
  }

  @Override
  public NumericsProfile profile() {
    return profile;
  }

  @Override
  public synchronized String fix(String name, Supplier<?> choice) {
    if (!profile.values().containsKey(name)) {
      profile = profile.with(name, choice.get());
    }
    return profile.values().get(name);
  }

  @Override
  public Path artifact(String artifact) {
    Digest digest = digest(artifact);
    return trace.stepIfLong("fetch", () -> patience.with(() -> workspace.artifact(digest)));
  }

  static Digest digest(String artifact) {
    try {
      return Digest.parse(artifact);
    } catch (IllegalArgumentException malformed) {
      throw StageException.user("BAD_DIGEST", malformed.getMessage(), malformed);
    }
  }

  @Override
  public <T, E extends Exception> T step(String name, Step<T, E> work) throws E {
    return trace.step(name, work);
  }

  @Override
  public StoredFiles stored() {
    return new ProjectFiles(project, patience);
  }

  @Override
  public CommittedStage producer(Producer producer) {
    return patience
        .with(() -> new Commits(project.results()).find(producer.getKey()))
        .orElseThrow(
            () ->
                StageException.user(
                    "PRODUCER_MISSING",
                    "the stage '%s' has no intact result: run it again"
                        .formatted(producer.getKey())));
  }

  @Override
  public void progress(long done, long total, String unit, Map<String, Double> metrics) {
    work.reached(unit, done);
    reporter.progress(
        Progress.newBuilder()
            .setDone(done)
            .setTotal(total)
            .setUnit(unit)
            .putAllMetrics(metrics)
            .setComputeSeconds(clock.seconds())
            .build());
  }

  @Override
  public void worked(String unit, long amount) {
    work.more(unit, amount);
  }

  @Override
  public void log(LogLine.Level level, String text) {
    reporter.log(level, text);
  }

  @Override
  public Path scratch() {
    return workspace.scratch();
  }

  @Override
  public Optional<Path> resumed() {
    return resumption.map(from -> from.view().path());
  }

  @Override
  public void saveProgress(Path folder) {
    Path snapshot = Folders.fresh(workspace.snapshots(), "snapshot-").resolve("files");
    Folders.move(folder, snapshot);
    uploads.offer(snapshot, new SavedState(clock.seconds(), exact, profile));
  }

  @Override
  public boolean stopping() {
    return stop.raised();
  }

  @Override
  public void checkStopping() {
    stop.check();
  }

  @Override
  public Optional<Path> part(String partKey) {
    return patience.with(() -> find(partKey));
  }

  private Optional<Path> find(String partKey) {
    return project.results().find(partKey) instanceof StageLookup.Intact intact
        ? Optional.of(workspace.artifact(intact.result().artifact()))
        : Optional.empty();
  }

  @Override
  public void savePart(String partKey, StageOutput part) {
    patience.with(() -> commit(partKey, part));
  }

  @Override
  public void keepPart(String partKey) {
    if (!keptParts.contains(partKey)) {
      patience.with(() -> announce(partKey));
      keptParts.add(partKey);
    }
  }

  /** The parts that the result names. */
  List<String> keptParts() {
    return List.copyOf(keptParts);
  }

  private String announce(String partKey) {
    project.results().announcePart(id.key(), partKey);
    return partKey;
  }

  private StageResult commit(String partKey, StageOutput part) {
    if (!keptParts.contains(partKey)) {
      announce(partKey);
    }
    JsonNode lineage = CanonicalJson.tree(Map.of("partOf", id.key()));
    JsonNode metrics = CanonicalJson.tree(part.metrics());
    Digest artifact = Outputs.store(part, project);
    return project.results().commit(partKey, new StageResult(artifact, lineage, metrics));
  }

  /** Waits for the last snapshot to be safe, and lets go of what was resumed from. */
  @Override
  public void close() {
    uploads.await();
    resumption.ifPresent(Resumption::close);
  }
}
