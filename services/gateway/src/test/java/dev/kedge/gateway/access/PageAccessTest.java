package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.gateway.EmbeddedServers;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.v1.Experiment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URL;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EmbeddedServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Issuer.class, restrictToAnnotatedClass = true)
class PageAccessTest {
  private static final ExperimentName PAUSED = new ExperimentName("vision", "e0000000000000002");
  private static final String LIST = "/projects/vision/experiments";

  @TestHTTPResource URL address;

  @TestHTTPResource(value = "/health", management = true)
  URI health;

  @Inject ExperimentStore kept;
  private final HttpClient nobody = HttpClient.newHttpClient();

  @BeforeEach
  void aPausedExperiment() {
    kept.add(
        Experiment.newBuilder()
            .setName(PAUSED.toString())
            .setRequestId("paused")
            .setState(Experiment.State.PAUSED)
            .build());
  }

  @Test
  void whoeverIsNotKnownIsSentToTheIssuer() {
    for (String path :
        new String[] {"/", LIST, "/" + PAUSED, "/" + PAUSED + "/live", "/" + PAUSED + "/report"}) {
      HttpResponse<String> answer = send(nobody, get(path));
      assertThat(answer.statusCode()).as(path).isEqualTo(302);
      assertThat(location(answer)).contains("/authorize?response_type=code");
    }
    assertThat(send(nobody, post("/" + PAUSED + "/resume")).statusCode()).isEqualTo(302);
    assertThat(send(nobody, get("/q/health")).statusCode()).isEqualTo(404);
    assertThat(send(nobody, get("/q/metrics")).statusCode()).isEqualTo(404);
    assertThat(send(nobody, HttpRequest.newBuilder(health)).statusCode()).isEqualTo(200);
  }

  @Test
  void whoeverSignsInSeesTheirProjectsAlone() {
    HttpClient viewer = signedIn("vic", "kedge:vision:viewer");
    HttpResponse<String> page = send(viewer, get("/" + PAUSED));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(PAUSED.id(), "vic").doesNotContain("action=\"/projects");
    HttpResponse<String> other = send(viewer, get("/projects/text/experiments"));
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.body())
        .contains(
            "vic is nobody in projects/text, and ListExperiments needs the role viewer there");
    HttpResponse<String> denied = send(viewer, post("/" + PAUSED + "/pause"));
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body()).contains("ROLE_MISSING", "PauseExperiment needs the role operator");
  }

  @Test
  void anOperatorHasTheFormsAndMayUseThem() {
    HttpClient operator = signedIn("oli", "kedge:vision:operator");
    assertThat(send(operator, get("/" + PAUSED)).body())
        .contains("action=\"/" + PAUSED + "/resume\"");
    assertThat(send(operator, post("/" + PAUSED + "/pause")).statusCode()).isEqualTo(303);
  }

  @Test
  void whoeverSignsOutIsSentToTheIssuerAgain() {
    HttpClient browser = signedIn("vic", "kedge:vision:viewer");
    assertThat(send(browser, get(LIST)).body()).contains("action=\"/pages/sign-out\"");
    HttpRequest.Builder foreign =
        get("/pages/sign-out")
            .header("Origin", "https://evil.example")
            .POST(HttpRequest.BodyPublishers.noBody());
    assertThat(send(browser, foreign).statusCode()).isEqualTo(403);
    assertThat(send(browser, get(LIST)).statusCode()).as("signed in still").isEqualTo(200);

    HttpResponse<String> out = send(browser, post("/pages/sign-out"));
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(location(out)).endsWith("/pages/sign-out/done");
    HttpResponse<String> done = send(browser, get("/pages/sign-out/done"));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).contains("Signed out", "/end-session\"").doesNotContain(">vic<");
    assertThat(send(browser, get(LIST)).statusCode()).isEqualTo(302);
  }

  @Test
  void aTokenOpensPagesToo() {
    HttpResponse<String> page =
        send(
            nobody,
            get(LIST).header("Authorization", "Bearer " + Issuer.token("vic", "kedge:*:viewer")));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(PAUSED.id());
    HttpRequest.Builder forged =
        get(LIST).header("Authorization", "Bearer " + Issuer.forged("ann", "kedge:*:admin"));
    assertThat(send(nobody, forged).statusCode()).isEqualTo(401);
  }

  /** A browser in which somebody has signed in at the issuer, and come back. */
  private HttpClient signedIn(String name, String... grants) {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    String sent = location(send(browser, get(LIST)));
    String back =
        "%s?state=%s&code=%s"
            .formatted(
                parameter(sent, "redirect_uri"),
                parameter(sent, "state"),
                Issuer.code(name, grants));
    HttpResponse<String> returned =
        send(
            browser, HttpRequest.newBuilder(URI.create(back)).version(HttpClient.Version.HTTP_1_1));
    assertThat(returned.statusCode()).as(returned.body()).isEqualTo(302);
    return browser;
  }

  private static String parameter(String url, String name) {
    String value = url.replaceFirst(".*[?&]" + name + "=([^&]*).*", "$1");
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(URI.create(own() + path)).version(HttpClient.Version.HTTP_1_1);
  }

  private HttpRequest.Builder post(String path) {
    return get(path)
        .header("Origin", own())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.noBody());
  }

  private String own() {
    return "http://" + address.getHost() + ":" + address.getPort();
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
