package dev.kedge.orchestrator.notice;

import dev.kedge.production.Loopback;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The receiver of notices, if there is one. What is said of it never has more than its host. */
@Singleton
public class Webhook implements NoticeActivities {
  /** How long a receiver may take to connect, and then to answer. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Optional<URI> url;
  private final Optional<WebhookSecret> secret;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * The configured one.
   *
   * @throws IllegalArgumentException saying what to set where it could not be told safely
   */
  public Webhook(WebhookConfig config) {
    url = config.url();
    secret = config.secret().map(WebhookSecret::parse);
    url.ifPresent(Webhook::check);
    if (url.isPresent() && secret.isEmpty()) {
      throw new IllegalArgumentException(
          "kedge.webhook.url is set, but kedge.webhook.secret is not: notices are signed with it");
    }
  }

  private static void check(URI url) {
    boolean tls = "https".equals(url.getScheme());
    if (url.getHost() == null || !(tls || "http".equals(url.getScheme()))) {
      throw new IllegalArgumentException("kedge.webhook.url is not https://HOST/PATH");
    }
    if (!tls && !Loopback.has(url.getHost())) {
      throw new IllegalArgumentException(
          "kedge.webhook.url is plain http to %s: use https, since titles and messages are not for everyone on the way"
              .formatted(url.getHost()));
    }
  }

  /** Whether somebody is told. */
  boolean isThere() {
    return url.isPresent();
  }

  @Override
  public void post(String id, String body) {
    if (isThere()) {
      int status = send(url.get(), request(url.get(), id, body));
      if (status / 100 != 2) {
        throw refused(url.get(), "answered " + status);
      }
    }
  }

  private HttpRequest request(URI to, String id, String body) {
    long now = Instant.now().getEpochSecond();
    return HttpRequest.newBuilder(to)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", String.valueOf(now))
        .header("webhook-signature", secret.orElseThrow().sign(id, now, body))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private int send(URI to, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException unreachable) {
      throw refused(to, "cannot be told: " + unreachable.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw refused(to, "was not told: this process stops");
    }
  }

  private static ApplicationFailure refused(URI to, String what) {
    return ApplicationFailure.newFailure(
        "the webhook on %s %s".formatted(to.getHost(), what), "WEBHOOK");
  }
}
