package dev.kedge.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The ways from Kedge's processes to the servers, through Toxiproxy, which refuses, swallows or
 * slows down what goes over them.
 */
final class Links implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI control;
  private final Process server;

  private Links(URI control, Process server) {
    this.control = control;
    this.server = server;
  }

  /** Starts the proxy and opens a link to each server. */
  static Links open(Ports ports, Path log) throws IOException, InterruptedException {
    String port = String.valueOf(ports.linkControl());
    Process server =
        new ProcessBuilder("toxiproxy-server", "-host", "127.0.0.1", "-port", port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Links links = new Links(URI.create("http://127.0.0.1:" + port), server);
    Patience.until(
        Duration.ofMinutes(1),
        "toxiproxy-server answers",
        () -> {
          links.mendAll();
          return true;
        });
    for (String name : Cluster.SERVERS) {
      links.post(
          "/proxies",
          Map.of(
              "name",
              name,
              "listen",
              "127.0.0.1:" + ports.link(name),
              "upstream",
              "127.0.0.1:" + ports.server(name),
              "enabled",
              true));
    }
    return links;
  }

  /** Refuses connections, and ends those that are open. */
  void cut(String name) throws IOException, InterruptedException {
    post("/proxies/" + name, Map.of("enabled", false));
  }

  /** Lets connections be, and nothing through. */
  void silence(String name) throws IOException, InterruptedException {
    for (String direction : new String[] {"upstream", "downstream"}) {
      poison(name, direction, "timeout", Map.of("timeout", 0));
    }
  }

  /** Answers a third of a second late, and 500 kB a second. */
  void slowDown(String name) throws IOException, InterruptedException {
    poison(name, "downstream", "latency", Map.of("latency", 300, "jitter", 200));
    poison(name, "downstream", "bandwidth", Map.of("rate", 500));
  }

  /** All links are as they should be. */
  void mendAll() throws IOException, InterruptedException {
    post("/reset", Map.of());
  }

  private void poison(String name, String direction, String type, Map<String, Integer> attributes)
      throws IOException, InterruptedException {
    post(
        "/proxies/%s/toxics".formatted(name),
        Map.of("type", type, "stream", direction, "attributes", attributes));
  }

  private void post(String path, Map<String, ?> message) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(control.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(message)))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("toxiproxy %s: %s".formatted(path, answer.body()));
    }
  }

  @Override
  public void close() {
    server.destroy();
  }
}
