package dev.kedge.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kedge.contract.StageKey;
import dev.kedge.data.text.TextManifest;
import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.plan.Preparations;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StageResult;
import dev.kedge.v1.DatasetVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedContentsTest {
  private static final String SOURCE = Digest.of("source".getBytes(UTF_8)).toString();
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whatWasPreparedInSharesIsToldOnceItIsMerged(@TempDir Path folder)
      throws JsonProcessingException {
    try (EmbeddedS3 s3 = EmbeddedS3.start(folder.resolve("s3"));
        ObjectStore objects = ObjectStore.open(settings(s3))) {
      var store = new ProjectStore(objects, "p", new BlobCache(folder.resolve("cache"), 1 << 20));
      var contents = new PreparedContents(store);
      DatasetVersion version =
          DatasetVersion.newBuilder()
              .setArtifact(SOURCE)
              .setFormat("TEXT")
              .setShares(2)
              .putColumns("text", "story")
              .build();
      StageSpec whole = Preparations.of(SOURCE, PrepareSpec.Format.TEXT, version.getColumnsMap());

      Input first = commit(store, Preparations.share(whole, 0, 2), 3);
      assertThat(contents.of(version)).isEmpty();
      Input second = commit(store, Preparations.share(whole, 1, 2), 4);
      assertThat(contents.of(version)).isEmpty();
      commit(store, Preparations.merge(whole, List.of(first, second)), 7);

      assertThat(contents.of(version)).map(found -> found.contents().getSamples()).contains(7);
      assertThat(contents.of(version.toBuilder().setShares(3).build())).isEmpty();
      assertThat(contents.of(version.toBuilder().setShares(1).build())).isEmpty();
    }
  }

  private static S3Settings settings(EmbeddedS3 s3) {
    return s3.access("kedge", S3Settings::of);
  }

  private static Input commit(ProjectStore store, StageSpec spec, int records)
      throws JsonProcessingException {
    var manifest =
        new TextManifest(
            TextManifest.FORMAT, List.of(), records, 0, "", List.of(), null, 0, List.of());
    SortedMap<String, Blob> files =
        new TreeMap<>(Map.of("manifest.json", store.blobs().put(JSON.writeValueAsBytes(manifest))));
    Digest artifact = store.artifacts().put(new Artifact("dataset", files));
    JsonNodeFactory json = JsonNodeFactory.instance;
    store
        .results()
        .commit(StageKey.of(spec), new StageResult(artifact, json.objectNode(), json.objectNode()));
    return Input.newBuilder().setArtifact(artifact.toString()).build();
  }
}
