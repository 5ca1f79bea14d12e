package dev.kedge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.store.Condition;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAuthorityTest {
  private static final long LOOK_AGAIN_MILLIS = 100;
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path folder;
  private final Hasty clock = new Hasty();
  private final HeldCertificate first = authority("first");
  private final HeldCertificate second = authority("second");
  private EmbeddedS3 s3;

  /** Does not wait for the minute to pass. */
  private static final class Hasty extends ScheduledThreadPoolExecutor {
    Hasty() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable work, long delay, long between, TimeUnit unit) {
      return super.scheduleWithFixedDelay(
          work, LOOK_AGAIN_MILLIS, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable work, long delay, long between, TimeUnit unit) {
      return scheduleWithFixedDelay(work, delay, between, unit);
    }
  }

  @BeforeEach
  void start() {
    s3 = EmbeddedS3.start(folder.resolve("s3"));
  }

  @AfterEach
  void stop() {
    clock.shutdownNow();
    s3.close();
  }

  @Test
  void aStoreWithACertificateOfOnesOwnIsBelievedAndARenewedAuthorityToo() throws Exception {
    Path file = pem(first);
    TlsDoor door = new TlsDoor(0, signedBy(first, "localhost"), s3.endpoint());
    URI address = door.address();
    try (ObjectStore store = ObjectStore.open(settings(address), StoreAuthority.of(file, clock))) {
      store.put("a/b", BYTES, Condition.ALWAYS);
      assertThat(store.get("a/b").bytes()).isEqualTo(BYTES);

      door.close();
      try (TlsDoor renewed =
          new TlsDoor(address.getPort(), signedBy(second, "localhost"), s3.endpoint())) {
        assertThat(renewed.address()).isEqualTo(address);
        assertThatThrownBy(() -> store.get("a/b"))
            .isInstanceOf(StoreException.Unavailable.class)
            .hasMessageContaining("shows a certificate that is not believed")
            .hasMessageContaining("kedge.s3.authority");

        pem(second);
        Thread.sleep(10 * LOOK_AGAIN_MILLIS);
        assertThat(store.get("a/b").bytes()).isEqualTo(BYTES);
      }
    }
  }

  @Test
  void aCertificateOfAnotherNameIsNotBelieved() throws Exception {
    Path file = pem(first);
    try (TlsDoor door = new TlsDoor(0, signedBy(first, "elsewhere.example"), s3.endpoint())) {
      assertThatThrownBy(
              () -> ObjectStore.open(settings(door.address()), StoreAuthority.of(file, clock)))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("is not believed");
    }
  }

  @Test
  void whoeverTheJdkDoesNotKnowIsNotBelievedByItself() throws Exception {
    try (TlsDoor door = new TlsDoor(0, signedBy(first, "localhost"), s3.endpoint())) {
      assertThatThrownBy(() -> ObjectStore.open(settings(door.address())))
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("name who has signed it in kedge.s3.authority");
    }
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException {
    Path none = folder.resolve("none.pem");
    assertThatThrownBy(() -> StoreAuthority.of(none, clock))
        .hasMessageContaining("kedge.s3.authority is " + none);
    Path text = Files.writeString(folder.resolve("text.pem"), "a text");
    assertThatThrownBy(() -> StoreAuthority.of(text, clock))
        .hasMessageContaining("kedge.s3.authority is " + text);
  }

  private Path pem(HeldCertificate authority) throws IOException {
    Path file = Files.writeString(folder.resolve("authority.pem"), authority.certificatePem());
    if (authority == second) {
      // Written within the same second, on some disks.
      return Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    }
    return file;
  }

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().commonName(name).certificateAuthority(0).build();
  }

  private static HeldCertificate signedBy(HeldCertificate authority, String name) {
    return new HeldCertificate.Builder()
        .commonName(name)
        .addSubjectAlternativeName(name)
        .signedBy(authority)
        .build();
  }

  private S3Settings settings(URI address) {
    return s3.access(
        "kedge", (endpoint, bucket, key, secret) -> S3Settings.of(address, bucket, key, secret));
  }
}
