package dev.kedge.stage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a process says of itself to Prometheus. */
record Scrape(String text) {
  /** As Prometheus asks. */
  static Scrape of(URI process) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(process.resolve("/q/metrics"))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(20))
            .build();
    return new Scrape(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }

  /** Sum of all series of a name that have these labels, each as {@code label="value"}. */
  double sum(String name, String... labels) {
    return series(name, labels)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Whether there is such a series, be it 0. */
  boolean has(String name, String... labels) {
    return series(name, labels).findAny().isPresent();
  }

  private Stream<String> series(String name, String... labels) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains));
  }
}
