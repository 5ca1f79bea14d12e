package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.embedded.S3Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ConnectionTest {
  @TempDir Path directory;

  @Test
  void wrongKeysAreRefusedAtOnceAndNotShown() {
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory)) {
      S3Settings wrong = S3Settings.of(s3.endpoint(), "kedge", "nobody", "not-the-secret");
      assertThatThrownBy(() -> ObjectStore.open(wrong))
          .isInstanceOf(StoreException.Refused.class)
          .hasMessageContaining("kedge")
          .hasMessageNotContaining("not-the-secret");
      assertThat(wrong.toString()).doesNotContain("not-the-secret");
    }
  }

  @Test
  void processesThatComeUpTogetherMakeTheBucketOnce() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(8);
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory)) {
      Callable<Boolean> comesUp =
          () -> {
            try (ObjectStore store = ObjectStore.open(settings(s3))) {
              return store.put("a/b", new byte[] {1}, Condition.ALWAYS) != null;
            }
          };
      for (Future<Boolean> each : processes.invokeAll(Collections.nCopies(8, comesUp))) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      processes.shutdownNow();
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    S3Settings nowhere =
        S3Settings.of(URI.create("http://127.0.0.1:1"), "kedge", "access", "secret");
    assertThatThrownBy(() -> ObjectStore.open(nowhere))
        .isInstanceOfSatisfying(
            StoreException.Unavailable.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void aServerThatStopsIsUnavailableAndItsObjectsAreThereWhenItIsBack() {
    S3Credentials keys = S3Credentials.random();
    EmbeddedS3 first = EmbeddedS3.start(directory, 0, keys);
    URI endpoint = first.endpoint();
    try (ObjectStore store = ObjectStore.open(settings(first))) {
      String etag = store.put("a/b", new byte[] {1, 2, 3}, Condition.IF_ABSENT);
      first.close();
      assertThatThrownBy(() -> store.get("a/b")).isInstanceOf(StoreException.Unavailable.class);
      try (EmbeddedS3 second = EmbeddedS3.start(directory, endpoint.getPort(), keys)) {
        assertThat(second.endpoint()).isEqualTo(endpoint);
        assertThat(store.get("a/b").etag()).isEqualTo(etag);
        store.put("a/b", new byte[] {4}, Condition.ifUnchanged(etag));
      }
    }
  }

  @Test
  void aServerWhoseDisksAreFullIsNamedAndMayBeTriedAgain() throws Exception {
    HttpServer full =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    full.createContext("/", S3ConnectionTest::answerWithoutRoom);
    full.start();
    URI endpoint = URI.create("http://127.0.0.1:" + full.getAddress().getPort());
    try (ObjectStore store =
        S3ObjectStore.connect(
            S3Settings.of(endpoint, "kedge", "access", "secret"), Optional.empty())) {
      assertThatThrownBy(() -> store.put("a/b", new byte[] {1}, Condition.ALWAYS))
          .isInstanceOfSatisfying(
              StoreException.Full.class, e -> assertThat(e.isRetryable()).isTrue())
          .hasMessageContaining("cannot write kedge/a/b")
          .hasMessageContaining("the object store %s is full (XMinioStorageFull)", endpoint);
    } finally {
      full.stop(0);
    }
  }

  /** As MinIO answers; whatever is looked for is there. */
  private static void answerWithoutRoom(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    byte[] answer =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>XMinioStorageFull</Code><Message>Storage backend has reached its minimum \
        free drive threshold.</Message><Resource>/kedge</Resource></Error>"""
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(507, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static S3Settings settings(EmbeddedS3 s3) {
    return s3.access("kedge", S3Settings::of);
  }

  @Test
  void anEndpointWithoutAHostIsNamed() {
    assertThatThrownBy(() -> S3Settings.of(URI.create("minio"), "kedge", "a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minio")
        .hasMessageContaining("http://HOST:PORT");
  }
}
