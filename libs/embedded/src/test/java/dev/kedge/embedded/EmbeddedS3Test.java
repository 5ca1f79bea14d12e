package dev.kedge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What S3 clients see of it is the business of the store's contract suite. */
class EmbeddedS3Test {
  @TempDir Path directory;

  @Test
  void listensOnLoopbackAndRefusesUnsignedRequests() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory)) {
      assertThat(s3.endpoint().getHost()).isEqualTo("127.0.0.1");
      assertThat(statusOf(s3.endpoint())).isEqualTo(403);
    }
  }

  @Test
  void everyInstanceHasItsOwnSecret() {
    assertThat(S3Credentials.random().secretKey())
        .isNotEqualTo(S3Credentials.random().secretKey())
        .hasSize(64);
  }

  @Test
  void theSecretIsNotInTheTextOfTheCredentials() {
    S3Credentials credentials = S3Credentials.random();
    assertThat(credentials.toString()).doesNotContain(credentials.secretKey());
  }

  @Test
  void aTakenPortIsNamedInTheError() {
    try (EmbeddedS3 first = EmbeddedS3.start(directory)) {
      int port = first.endpoint().getPort();
      assertThatThrownBy(() -> EmbeddedS3.start(directory, port, S3Credentials.random()).close())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(String.valueOf(port));
    }
  }

  private static int statusOf(URI endpoint) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
