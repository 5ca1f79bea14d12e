package dev.kedge.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/** What the service that trains counts, asked of itself and of nobody between. */
final class TrainingMeter {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest request;

  TrainingMeter(Ports ports) {
    URI metrics = URI.create("http://127.0.0.1:%d/q/metrics".formatted(ports.trainingMetrics()));
    request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
  }

  /** Steps of all trainings since it was started. */
  long steps() throws IOException, InterruptedException {
    return sum(read(), "kedge_stage_work_total", "kind=\"TRAIN\"", "unit=\"steps\"");
  }

  /** How often it began to train what somebody had begun before. */
  long begunAgain() throws IOException, InterruptedException {
    return sum(read(), "kedge_stage_claims_total", "kind=\"TRAIN\"", "attempt=\"again\"");
  }

  private String read() throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("%s: %s".formatted(request.uri(), answer.statusCode()));
    }
    return answer.body();
  }

  /** The sum of all series of a name that have the labels, in Prometheus' text form. */
  static long sum(String text, String name, String... labels) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
        .sum();
  }
}
