package dev.kedge.stage;

import static dev.kedge.stage.ScriptedExecutor.text;
import static dev.kedge.stage.ScriptedExecutor.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.store.BlobCache;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StageLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one store, and what may happen to either. */
@Timeout(60)
class StageFaultsTest {
  @TempDir private static Path folder;
  private static EmbeddedS3 s3;
  private static ObjectStore objects;
  private final CountDownLatch done = new CountDownLatch(1);
  private StageProcess here;
  private StageProcess there;

  @BeforeAll
  static void startStore() {
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
  }

  @AfterAll
  static void stopStore() {
    objects.close();
    s3.close();
  }

  @BeforeEach
  void start() {
    here = new StageProcess("here", objects, folder);
    there = new StageProcess("there", objects, folder);
  }

  @AfterEach
  void stop() {
    done.countDown();
    here.close();
    there.close();
  }

  @Test
  void aCommittedStageIsAnsweredAtOnceByAnyProcess() throws Exception {
    RunRequest request = Requests.fresh();
    StageResult made = here.run(request).last().getResult();
    StageResult found = there.run(request).last().getResult();

    assertThat(made.getCached()).isFalse();
    assertThat(found.getCached()).isTrue();
    assertThat(found.getArtifact()).isEqualTo(made.getArtifact());
    assertThat(found.getMetricsMap()).containsEntry("lines", 1.0);
    assertThat(there.executor.runs()).isZero();
  }

  @Test
  void aCommittedStageThatLostAFileRunsAgain() throws Exception {
    RunRequest request = Requests.fresh();
    StageResult made = here.run(request).last().getResult();
    objects.list("projects/default/blobs/", "", 1000).forEach(blob -> objects.delete(blob.key()));

    Caller again = there.run(request);

    assertThat(again.last().getResult().getCached()).isFalse();
    assertThat(again.last().getResult().getArtifact()).isEqualTo(made.getArtifact());
    assertThat(logLines(again)).anyMatch(line -> line.contains("runs again"));
  }

  @Test
  void aStageThatRunsElsewhereIsHeld() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    here.run(request).await(StageEvent::hasProgress);

    StageEvent answer = there.run(request).last();

    assertThat(answer.getHeld().getHolder()).isEqualTo("here");
    assertThat(answer.getHeld().getEpoch()).isEqualTo(1);
    assertThat(there.executor.runs()).isZero();
  }

  @Test
  void aLeaseIsRenewedForLongerThanItLives() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    Caller caller = here.run(request);
    caller.await(StageEvent::hasProgress);

    for (int i = 0; i < 5; i++) {
      assertThat(there.run(request).last().hasHeld()).isTrue();
      Thread.sleep(StageProcess.TTL.toMillis() / 3);
    }
    done.countDown();

    assertThat(caller.last().hasResult()).isTrue();
  }

  @Test
  void anExpiredLeaseIsTakenOver() throws Exception {
    RunRequest request = Requests.fresh();
    leaveADeadHoldersLease(request);

    StageEvent first = here.run(request).last();
    Thread.sleep(StageProcess.TTL.toMillis() + 100);
    Caller second = here.run(request);

    assertThat(first.getHeld().getHolder()).isEqualTo("dead");
    assertThat(second.last().hasResult()).isTrue();
    assertThat(logLines(second))
        .contains("attempt 1 was lost: dead fell silent; attempt 2 begins anew: nothing was saved");
  }

  @Test
  void aTakeoverOfSavedProgressSaysWhoWasLostAndThatItGoesOn() throws Exception {
    here.executor.does(
        context -> {
          saveStep(context, "1");
          return until(done).execute(context);
        });
    there.executor.does(ScriptedExecutor::text);
    RunRequest request = Requests.fresh();
    here.run(request).await(StageEvent::hasProgress);
    here.close();
    takeTheLease(request);
    there.run(request).last();
    Thread.sleep(StageProcess.TTL.toMillis() + 100);
    Caller next = there.run(request);

    assertThat(next.last().hasResult()).isTrue();
    assertThat(logLines(next))
        .contains(
            "attempt 1 was lost: thief fell silent; attempt 2 goes on from what it had saved");
  }

  private void leaveADeadHoldersLease(RunRequest request) {
    project().leases(StageProcess.TTL).claim(request.getKey(), "dead", emptyJson());
  }

  private static JsonNode emptyJson() {
    return CanonicalJson.tree(Map.of());
  }

  private ProjectStore project() {
    return new ProjectStore(objects, "default", new BlobCache(folder.resolve("cache"), 1 << 20));
  }

  @Test
  void aHolderWhoseLeaseWasTakenStopsAndCommitsNothing() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    here.executor.does(
        context -> {
          mayEnd.await(); // deaf to being stopped: a zombie
          return zombies(context);
        });
    RunRequest request = Requests.fresh();
    Caller zombie = here.run(request);
    await(() -> here.executor.runs() == 1);
    takeTheLease(request);
    mayEnd.countDown();

    assertThat(zombie.failure()).hasMessageContaining("LEASE_LOST");
    assertThat(project().results().find(request.getKey())).isInstanceOf(StageLookup.Absent.class);
  }

  private static StageOutput zombies(StageContext context) throws IOException {
    Path file = Files.writeString(context.scratch().resolve("text"), "a zombie's");
    return StageOutput.folder("text", file.getParent(), Map.of());
  }

  /** As if this process had been asleep for longer than its lease lives. */
  private void takeTheLease(RunRequest request) {
    String key = "projects/default/stages/%s/lease.json".formatted(request.getKey());
    objects.delete(key);
    project().leases(StageProcess.TTL).claim(request.getKey(), "thief", emptyJson());
  }

  @Test
  void aTakeoverGoesOnFromSavedProgressAndCountsItsSeconds() throws Exception {
    here.executor.does(
        context -> {
          Thread.sleep(300);
          saveStep(context, "1");
          return until(done).execute(context);
        });
    there.executor.does(
        context -> {
          assertThat(Files.readString(context.resumed().orElseThrow().resolve("step")))
              .isEqualTo("1");
          return text(context);
        });
    RunRequest request = Requests.fresh();
    Caller first = here.run(request);
    first.await(StageEvent::hasProgress);
    here.close();
    Caller second = there.run(request);
    StageResult result = second.last().getResult();

    assertThat(first.failure()).hasMessageContaining("SHUTDOWN");
    assertThat(logLines(second)).as("it let go").noneMatch(line -> line.contains("was lost"));
    assertThat(result.getComputeSeconds()).isGreaterThan(0.3);
    assertThat(there.executor.runs()).isEqualTo(1);
    assertThat(committed(request).lineage().attempts()).isEqualTo(2);
    assertThat(committed(request).lineage().exact()).isTrue();
    assertThat(objects.list(stage(request) + "/progress/", "", 10)).isEmpty();
  }

  @Test
  void aResumeOnAnotherKindOfMachineIsMarkedInexact() throws Exception {
    here.executor.does(
        context -> {
          saveStep(context, "1");
          throw new IllegalStateException("unplugged");
        });
    RunRequest request = Requests.fresh();
    assertThat(here.run(request).failure()).hasMessageContaining("unplugged");
    try (var gpu = new StageProcess("gpu", objects, folder, new ScriptedExecutor("gpu"))) {
      assertThat(gpu.run(request).last().hasResult()).isTrue();
    }

    assertThat(committed(request).lineage().exact()).isFalse();
    assertThat(committed(request).lineage().profile().values()).containsEntry("device", "cpu");
  }

  @Test
  void aResumeOnAGpuIsMarkedInexactSinceItsBitsMayDiffer() throws Exception {
    RunRequest request = Requests.fresh();
    try (var gpu = new StageProcess("gpu", objects, folder, new ScriptedExecutor("cuda"))) {
      gpu.executor.does(
          context -> {
            saveStep(context, "1");
            throw new IllegalStateException("unplugged");
          });
      assertThat(gpu.run(request).failure()).hasMessageContaining("unplugged");
      gpu.executor.does(ScriptedExecutor::text);
      assertThat(gpu.run(request).last().hasResult()).isTrue();
    }

    assertThat(committed(request).lineage().exact()).isFalse();
  }

  @Test
  void whatWasFixedGoesWithTheProgressWhateverTheNextMachineWouldChoose() throws Exception {
    here.executor.does(
        context -> {
          context.fix("micro_batch", () -> 4);
          saveStep(context, "1");
          throw new IllegalStateException("unplugged");
        });
    RunRequest request = Requests.fresh();
    assertThat(here.run(request).failure()).hasMessageContaining("unplugged");
    there.executor.does(
        context -> {
          assertThat(context.fix("micro_batch", () -> 8)).isEqualTo("4");
          return text(context);
        });
    assertThat(there.run(request).last().hasResult()).isTrue();

    assertThat(committed(request).lineage().exact()).isTrue();
    assertThat(committed(request).lineage().profile().values()).containsEntry("micro_batch", "4");
  }

  @Test
  void exactIsWhatSavedProgressSaysAndNotTheFirstClaim() throws Exception {
    here.executor.does(
        context -> {
          throw new IllegalStateException("unplugged before anything was saved");
        });
    RunRequest request = Requests.fresh();
    here.run(request).failure();
    try (var gpu = new StageProcess("gpu", objects, folder, new ScriptedExecutor("gpu"))) {
      gpu.executor.does(
          context -> {
            saveStep(context, "1");
            throw new IllegalStateException("unplugged");
          });
      gpu.run(request).failure();
    }
    assertThat(there.run(request).last().hasResult()).isTrue();

    assertThat(committed(request).lineage().exact()).isFalse();
    assertThat(committed(request).lineage().profile().values()).containsEntry("device", "gpu");
  }

  @Test
  void aProcessThatGoesDownTakesNoStageOn() throws Exception {
    here.close();
    RunRequest request = Requests.fresh();

    assertThat(here.run(request).failure()).hasMessageContaining("going down");
    assertThat(there.run(request).last().hasResult()).isTrue();
  }

  private static void saveStep(StageContext context, String step) throws IOException {
    Path snapshot = Files.createDirectory(context.scratch().resolve("snapshot"));
    Files.writeString(snapshot.resolve("step"), step);
    context.saveProgress(snapshot);
  }

  private CommittedStage committed(RunRequest request) {
    return new Commits(project().results()).find(request.getKey()).orElseThrow();
  }

  private static String stage(RunRequest request) {
    return "projects/default/stages/" + request.getKey();
  }

  @Test
  void twoRequestersShareOneComputationAndBothSeeAllOfIt() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    Caller first = here.run(request);
    first.await(StageEvent::hasProgress);
    Caller second = here.run(request.toBuilder().setRequester("experiments/b/stages/s").build());
    second.await(StageEvent::hasProgress);
    done.countDown();

    assertThat(first.last()).isEqualTo(second.last());
    assertThat(first.events()).isEqualTo(second.events());
    assertThat(here.executor.runs()).isEqualTo(1);
  }

  @Test
  void aCancelledStageStopsWithinABatch() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    Caller caller = here.run(request);
    caller.await(StageEvent::hasProgress);

    assertThat(here.cancel(request)).isTrue();

    assertThat(caller.failure()).hasMessageContaining("CANCELLED");
    await(() -> isReleased(request));
  }

  private boolean isReleased(RunRequest request) {
    return project().leases(StageProcess.TTL).holder(request.getKey()).isEmpty();
  }

  @Test
  void aStageThatAnotherStillWantsGoesOnAfterACancel() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    Caller leaving = here.run(request);
    Caller staying = here.run(request.toBuilder().setRequester("experiments/b/stages/s").build());
    staying.await(StageEvent::hasProgress);

    here.cancel(request);
    assertThat(leaving.failure()).hasMessageContaining("CANCELLED");
    done.countDown();

    assertThat(staying.last().hasResult()).isTrue();
  }

  @Test
  void aNewCallerOfAStageThatIsBeingCancelledGetsANewLife() throws Exception {
    CountDownLatch slowBatch = new CountDownLatch(1);
    here.executor.does(
        context -> {
          slowBatch.await();
          context.checkStopping();
          return text(context);
        });
    RunRequest request = Requests.fresh();
    here.run(request);
    await(() -> here.executor.runs() == 1);
    here.cancel(request);
    Caller next = here.run(request.toBuilder().setRequester("experiments/b/stages/s").build());
    slowBatch.countDown();

    assertThat(next.last().hasResult()).isTrue();
    assertThat(here.executor.runs()).isEqualTo(2);
  }

  @Test
  void aStageWhoseCallerVanishedStopsAfterTheGracePeriod() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    var call = here.call(request);
    call.caller().await(StageEvent::hasProgress);
    long vanished = System.nanoTime();

    call.cancellation().run();
    await(() -> isReleased(request));

    assertThat(System.nanoTime() - vanished).isGreaterThan(StageProcess.GRACE.toNanos());
    assertThat(call.caller().isOver()).isFalse();
  }

  @Test
  void aStageThatIsAskedForElsewhereGoesOnWithoutCallersUntilItIsNotAskedForAnyMore()
      throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    var call = here.call(request);
    call.caller().await(StageEvent::hasProgress);
    call.cancellation().run();

    long end = System.nanoTime() + 5 * StageProcess.GRACE.toNanos();
    while (System.nanoTime() < end) {
      assertThat(there.run(request).last().getHeld().getHolder()).isEqualTo("here");
      Thread.sleep(StageProcess.GRACE.toMillis() / 3);
    }
    long lastAsked = System.nanoTime();
    await(() -> isReleased(request));

    assertThat(System.nanoTime() - lastAsked).isGreaterThan(StageProcess.GRACE.toNanos());
    assertThat(here.executor.runs()).isEqualTo(1);
    there.executor.does(ScriptedExecutor::text);
    assertThat(there.run(request).last().hasResult()).isTrue();
    assertThat(objects.list(stage(request) + "/progress/", "", 10)).as("the mark too").isEmpty();
  }

  @Test
  void aStageWhoseOnlyWorkerWasLostEndsForWhoFollowsItFromElsewhere() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    var call = here.call(request);
    call.caller().await(StageEvent::hasProgress);
    call.cancellation().run();
    for (int follows = 0; follows < 6; follows++) {
      assertThat(there.run(request).last().hasHeld()).isTrue();
      Thread.sleep(StageProcess.GRACE.toMillis() / 2);
    }
    done.countDown();
    await(() -> isReleased(request));

    assertThat(there.run(request).last().getResult().getCached()).isTrue();
    assertThat(there.executor.runs()).isZero();
  }

  @Test
  void aCallerThatComesBackFindsItsStageRunningAndMissesNothing() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    var call = here.call(request);
    StageEvent seen = call.caller().await(StageEvent::hasProgress);
    call.cancellation().run();
    Thread.sleep(StageProcess.GRACE.toMillis() / 2);
    Caller back = here.run(request.toBuilder().setAfterCursor(seen.getCursor()).build());
    Thread.sleep(StageProcess.GRACE.toMillis());
    done.countDown();

    assertThat(back.last().hasResult()).isTrue();
    assertThat(back.events()).allMatch(event -> !event.getCursor().equals(seen.getCursor()));
    assertThat(logLines(back))
        .anyMatch(line -> line.endsWith("asks again; it was not given up meanwhile"));
    assertThat(here.executor.runs()).isEqualTo(1);
  }

  @Test
  void eventsOfAnEarlierProcessAreToldToWhoComesLater() throws Exception {
    here.executor.does(
        context -> {
          context.info("made it to here");
          return until(done).execute(context);
        });
    there.executor.does(until(done));
    RunRequest request = Requests.fresh();
    here.run(request).await(StageEvent::hasProgress);
    here.close();

    Caller later = there.run(request);
    later.await(StageEvent::hasProgress);

    assertThat(logLines(later)).contains("made it to here");
    assertThat(later.events().stream().map(StageEvent::getCursor))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aStageWaitsForASlotAndSaysSo() throws Exception {
    here.executor.does(until(done));
    here.run(Requests.fresh()).await(StageEvent::hasProgress);

    Caller waiting = here.run(Requests.fresh());
    waiting.await(event -> event.getLog().getText().contains("waits for a compute slot"));
    done.countDown();

    assertThat(waiting.last().hasResult()).isTrue();
  }

  @Test
  void aPartIsKeptThoughItsStageFails() throws Exception {
    String part = "b".repeat(64);
    here.executor.does(
        context -> {
          context.savePart(part, text(context));
          throw StageException.user("BROKEN", "the rest of it is broken: mend it");
        });
    there.executor.does(
        context -> {
          context.keepPart(part);
          return StageOutput.folder("text", context.part(part).orElseThrow(), Map.of());
        });

    assertThat(here.run(Requests.fresh()).failure()).hasMessageContaining("mend it");
    RunRequest whole = Requests.fresh();
    assertThat(there.run(whole).last().hasResult()).isTrue();
    here.executor.does(
        context -> {
          var key = Producer.newBuilder().setKey(whole.getKey()).build();
          assertThat(context.producer(key).lineage().parts()).containsExactly(part);
          return text(context);
        });
    assertThat(here.run(Requests.fresh()).last().hasResult()).isTrue();
  }

  @Test
  void anArtifactPassesThroughAndItsProducerIsKnown() throws Exception {
    RunRequest producer = Requests.fresh();
    String artifact = here.run(producer).last().getResult().getArtifact();
    here.executor.does(
        context -> {
          var key = Producer.newBuilder().setKey(producer.getKey()).build();
          CommittedStage made = context.producer(key);
          assertThat(made.lineage().spec()).isEqualTo(producer.getSpec());
          assertThat(context.artifact(made.artifact()).resolve("text")).exists();
          return StageOutput.existing(made.artifact());
        });

    assertThat(here.run(Requests.fresh()).last().getResult().getArtifact()).isEqualTo(artifact);
  }

  private static List<String> logLines(Caller caller) {
    return caller.events().stream().map(event -> event.getLog().getText()).toList();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.call()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
