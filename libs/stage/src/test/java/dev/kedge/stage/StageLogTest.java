package dev.kedge.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program that collects logs reads of a stage. */
@QuarkusTest
@QuarkusTestResource(EmbeddedStore.class)
@Timeout(60)
class StageLogTest {
  private static final Logger LIBRARY = Logger.getLogger("some.library");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestHTTPResource private URI address;
  @Inject ServedExecutor executor;

  @ConfigProperty(name = "quarkus.log.file.path")
  Path file;

  private final String marker = UUID.randomUUID().toString();
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", address.getPort()).usePlaintext().build();
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private Caller run(RunRequest request) {
    Caller caller = new Caller();
    StageServiceGrpc.newStub(channel).run(request, caller);
    return caller;
  }

  private static RunRequest fresh(String experiment, String stage) {
    String requester = "experiments/%s/stages/%s".formatted(experiment, stage);
    return Requests.fresh().toBuilder().setRequester(requester).build();
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.contains(marker)) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  private static Map<?, ?> fields(JsonNode line) {
    return JSON.convertValue(line.get("mdc"), Map.class);
  }

  private static Map<String, String> fieldsOf(RunRequest request, String experiment, String stage) {
    return Map.of(
        "project",
        "default",
        "experiment",
        experiment,
        "stage",
        stage,
        "kind",
        "PREPARE",
        "key",
        request.getKey(),
        "attempt",
        "1");
  }

  @Test
  void aLineOfAStageNamesItsExperimentStageAndAttempt() throws Exception {
    executor.does(
        context -> {
          context.warn("one record is broken " + marker);
          return ScriptedExecutor.text(context);
        });
    RunRequest request = fresh("e1", "prepare-photos");
    run(request).last();

    assertThat(lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("level").asText()).isEqualTo("WARN");
              assertThat(line.get("message").asText()).contains("one record is broken");
              assertThat(fields(line)).isEqualTo(fieldsOf(request, "e1", "prepare-photos"));
            });
  }

  @Test
  void soDoLinesOfLibrariesAndOfThreadsThatTheStageStarts() throws Exception {
    executor.does(
        context -> {
          LIBRARY.info("on the stage's thread " + marker);
          Thread helping = new Thread(() -> LIBRARY.info("on another " + marker));
          helping.start();
          helping.join();
          return ScriptedExecutor.text(context);
        });
    RunRequest request = fresh("e1", "prepare-photos");
    run(request).last();

    assertThat(lines())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(fields(line)).isEqualTo(fieldsOf(request, "e1", "prepare-photos")));
  }

  @Test
  void aFailureNamesThemToo() throws Exception {
    executor.does(
        context -> {
          throw new IllegalStateException("weights " + marker);
        });
    RunRequest request = fresh("e1", "prepare-photos");
    run(request).failure();

    assertThat(lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("level").asText()).isEqualTo("ERROR");
              assertThat(fields(line)).isEqualTo(fieldsOf(request, "e1", "prepare-photos"));
            });
  }

  @Test
  void theNextStageOnTheSameThreadsBearsItsOwnName() throws Exception {
    executor.does(
        context -> {
          LIBRARY.info(marker);
          return ScriptedExecutor.text(context);
        });
    RunRequest first = fresh("e1", "prepare-photos");
    RunRequest second = fresh("e2", "prepare-texts");
    run(first).last();
    run(second).last();

    assertThat(lines())
        .extracting(StageLogTest::fields)
        .containsExactly(
            fieldsOf(first, "e1", "prepare-photos"), fieldsOf(second, "e2", "prepare-texts"));
  }
}
