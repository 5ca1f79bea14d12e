package dev.kedge.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kedge.experiment.ExperimentName;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.Notice;
import dev.kedge.v1.ParkedStage;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that does not take the first notice it is sent. */
@Timeout(90)
class NoticesTest {
  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private record Received(Headers headers, String body) {
    String id() {
      return headers.getFirst("webhook-id");
    }

    Notice notice() throws IOException {
      Notice.Builder notice = Notice.newBuilder();
      JsonFormat.parser().merge(body, notice);
      return notice.build();
    }
  }

  @TempDir private Path folder;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final ExperimentName name = Platform.newName();
  private boolean answersYet;
  private HttpServer server;
  private Platform platform;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::receive);
    server.start();
    URI url = URI.create("http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
    platform = new Platform(folder, Optional.of(url), Optional.of("whsec_" + KEY));
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    received.add(new Received(exchange.getRequestHeaders(), body));
    exchange.sendResponseHeaders(answersYet ? 204 : 503, -1);
    answersYet = true;
    exchange.close();
  }

  @AfterEach
  void stop() {
    platform.close();
    server.stop(0);
  }

  @Test
  void whoListensIsToldThatPeopleAreNeededAndThenThatItEnded() throws Exception {
    platform.service.mistakeNext(name, "train-l2");
    platform.record(name);

    Received refused = next();
    assertThat(refused.notice().getType())
        .as("while others go on")
        .isEqualTo("experiment.stage_parked");
    Map<Boolean, Received> later =
        Stream.of(next(), next())
            .collect(Collectors.toMap(one -> one.id().equals(refused.id()), one -> one));
    assertThat(later.get(true).body()).as("a repetition").isEqualTo(refused.body());
    Received attention = later.get(false);
    assertThat(attention.notice().getType()).isEqualTo("experiment.attention");
    assertThat(attention.notice().getData().getExperiment()).isEqualTo(name.toString());
    ParkedStage parked = attention.notice().getData().getParked(0);
    assertThat(parked.getStage()).isEqualTo("train-l2");
    assertThat(parked.getError().getReason()).isEqualTo("BAD_SPEC");
    assertThat(parked.getError().getMessage()).isEqualTo("change it");
    assertThat(attention.headers().getFirst("webhook-signature")).isEqualTo(signature(attention));

    platform.experiments().retry(name, "train-l2", Map.of("method.l2.lambda", "2"), "ann");
    Received succeeded = next();
    assertThat(succeeded.id()).isNotEqualTo(attention.id());
    assertThat(succeeded.notice().getType()).isEqualTo("experiment.succeeded");
    assertThat(succeeded.notice().getData().getState()).isEqualTo(Experiment.State.SUCCEEDED);
    assertThat(succeeded.notice().getData().getParkedList()).isEmpty();
    assertThat(received.poll(2, TimeUnit.SECONDS)).as("nothing else is news").isNull();
  }

  @Test
  void whoListensIsToldWhichLimitIsReached() throws Exception {
    answersYet = true;
    platform.service.silenceNext(name, "train-l2");
    platform.record(name, Limits.newBuilder().setFinishWithinHours(8.0 / 3600).build());

    Notice paused = next().notice();
    assertThat(paused.getType()).isEqualTo("experiment.paused");
    assertThat(paused.getData().getActor()).isEqualTo("kedge");
    assertThat(paused.getData().getPauseCause().getReason()).isEqualTo("TIME_OVER");
    assertThat(paused.getData().getPauseCause().getMessage())
        .contains("kedge resume " + name.id() + " --finish-within-hours");

    platform.experiments().resume(name, Limits.newBuilder().setFinishWithinHours(1).build(), "ann");
    assertThat(next().notice().getType()).isEqualTo("experiment.succeeded");
    assertThat(platform.get(name).hasPauseCause()).isFalse();
  }

  @Test
  void whoListensIsToldWhoHasStoppedIt() throws Exception {
    answersYet = true;
    platform.service.silenceNext(name, "train-l2");
    platform.record(name);
    while (platform.stage(name, "train-l2").getState() != Stage.State.RUNNING) {
      Thread.sleep(50);
    }

    platform.experiments().pause(name, "ann");
    Notice paused = next().notice();
    assertThat(paused.getType()).isEqualTo("experiment.paused");
    assertThat(paused.getData().getActor()).isEqualTo("ann");
    platform.experiments().cancel(name, "bob");
    Notice cancelled = next().notice();
    assertThat(cancelled.getType()).isEqualTo("experiment.cancelled");
    assertThat(cancelled.getData().getActor()).isEqualTo("bob");
  }

  @Test
  void whoListensIsToldOfWhatWasParkedDuringAPauseOnceItIsOver() throws Exception {
    answersYet = true;
    StageError cause =
        StageError.newBuilder().setReason("BAD_SPEC").setMessage("change it").build();
    platform.record(
        name,
        Platform.experiment(name, Limits.getDefaultInstance()).toBuilder()
            .setState(Experiment.State.PAUSED)
            .addStages(
                Stage.newBuilder().setId("train-l2").setState(Stage.State.PARKED).setError(cause))
            .build());

    platform.experiments().resume(name, Limits.getDefaultInstance(), "ann");
    Notice first = next().notice();
    Notice second = next().notice();
    assertThat(List.of(first.getType(), second.getType()))
        .containsExactlyInAnyOrder("experiment.stage_parked", "experiment.attention");
    assertThat(first.getData().getParked(0).getStage()).isEqualTo("train-l2");
    assertThat(first.getData().getParked(0).getError().getReason()).isEqualTo("BAD_SPEC");
  }

  private Received next() throws InterruptedException {
    Received one = received.poll(40, TimeUnit.SECONDS);
    assertThat(one).as("a notice in time").isNotNull();
    return one;
  }

  /** What the receiver computes for itself. */
  private static String signature(Received one) throws GeneralSecurityException {
    String sent = one.headers().getFirst("webhook-timestamp");
    assertThat(Long.parseLong(sent))
        .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
    byte[] bytes = mac.doFinal((one.id() + "." + sent + "." + one.body()).getBytes(UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(bytes);
  }
}
