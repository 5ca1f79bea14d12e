package dev.kedge.stage;

import static dev.kedge.stage.ScriptedExecutor.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.embedded.S3Credentials;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that goes away, and comes back or does not. */
@Timeout(60)
class StoreOutageTest {
  private final CountDownLatch done = new CountDownLatch(1);
  @TempDir private Path folder;
  private EmbeddedS3 s3;
  private ObjectStore objects;
  private StageProcess here;

  @BeforeEach
  void start() {
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
    here = new StageProcess("here", objects, folder);
  }

  @AfterEach
  void stop() {
    done.countDown();
    here.close();
    objects.close();
    s3.close();
  }

  @Test
  void losingTheStoreForAWhileLosesNoWork() throws Exception {
    here.executor.does(until(done));
    RunRequest request = Requests.fresh();
    Caller caller = here.run(request);
    caller.await(StageEvent::hasProgress);
    int port = s3.endpoint().getPort();
    S3Credentials credentials = s3.credentials();

    s3.close();
    caller.await(event -> event.getLog().getText().contains("does not answer"));
    done.countDown();
    Thread.sleep(300);
    s3 = EmbeddedS3.start(folder.resolve("s3"), port, credentials);

    assertThat(caller.last().getResult().getCached()).isFalse();
    assertThat(here.executor.runs()).isEqualTo(1);
  }

  @Test
  void aStoreThatIsGoneFromTheStartIsWaitedFor() throws Exception {
    int port = s3.endpoint().getPort();
    S3Credentials credentials = s3.credentials();
    s3.close();
    Caller caller = here.run(Requests.fresh());
    Thread.sleep(300);
    s3 = EmbeddedS3.start(folder.resolve("s3"), port, credentials);

    assertThat(caller.last().hasResult()).isTrue();
  }

  @Test
  void whoComesBackBeforeTheStageIsClaimedIsToldOfNoWork() throws Exception {
    int port = s3.endpoint().getPort();
    S3Credentials credentials = s3.credentials();
    s3.close();
    RunRequest request = Requests.fresh();
    here.call(request).cancellation().run();
    Caller back = here.run(request);
    s3 = EmbeddedS3.start(folder.resolve("s3"), port, credentials);

    assertThat(back.last().hasResult()).isTrue();
    assertThat(back.events())
        .extracting(event -> event.getLog().getText())
        .noneMatch(line -> line.contains("asks again"));
  }

  @Test
  void aStoreThatStaysAwayIsToldAndMayBeTriedAgain() {
    var impatient = new Patience(Duration.ZERO, new StopSignal(), line -> {});
    s3.close();

    assertThatThrownBy(() -> impatient.with(() -> objects.head("projects/")))
        .isInstanceOfSatisfying(
            StoreException.class,
            gone -> assertThat(StageFailures.classify(gone).retryable()).isTrue());
  }
}
