package dev.kedge.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.gateway.EmbeddedServers;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class DatasetSamplesTest {
  private static final ProjectName PROJECT = new ProjectName("p");

  @Inject Projects projects;
  private DatasetSamples samples;

  @BeforeEach
  void aGateway() {
    samples = new DatasetSamples(projects);
  }

  @Test
  void oneDataSetIsLookedAtAtATime() throws Exception {
    Digest prepared = prepared(record("first"));
    samples.turn.acquire();
    CompletableFuture<List<Sample>> other =
        CompletableFuture.supplyAsync(() -> samples.of(PROJECT, prepared));
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(other).isNotDone();
    samples.turn.release();

    assertThat(other.get(20, TimeUnit.SECONDS))
        .extracting(Sample::fields)
        .containsExactly(Map.of("q", "first"));
  }

  @Test
  void whatCouldNotBeLookedAtIsLeftAloneForAWhile() {
    byte[] record = record("lost");
    Digest prepared = prepared(record);
    String shard = Digest.of(record).hex();
    projects
        .objects()
        .delete("projects/p/blobs/sha256/%s/%s".formatted(shard.substring(0, 2), shard));
    assertThat(samples.of(PROJECT, prepared)).isEmpty();
    store().blobs().put(record);

    assertThat(samples.of(PROJECT, prepared)).as("a moment later").isEmpty();
    assertThat(new DatasetSamples(projects).of(PROJECT, prepared)).hasSize(1);
  }

  private static byte[] record(String text) {
    return "{\"q\":\"%s\"}\n".formatted(text).getBytes(UTF_8);
  }

  /** A data set of one record. */
  private Digest prepared(byte[] record) {
    String index =
        "{\"source\":\"a.jsonl:1\",\"label\":0,\"digest\":\"%s\",\"shard\":0,\"offset\":0,\"length\":%d}\n"
            .formatted("0".repeat(64), record.length - 1);
    Map<String, Blob> files =
        Map.of(
            "manifest.json",
            store().blobs().put("{\"shards\":[{\"name\":\"0.jsonl\"}]}".getBytes(UTF_8)),
            "index.jsonl",
            store().blobs().put(index.getBytes(UTF_8)),
            "0.jsonl",
            store().blobs().put(record));
    return store().artifacts().put(new Artifact("dataset", new TreeMap<>(files)));
  }

  private ProjectStore store() {
    return projects.store(PROJECT);
  }
}
