package dev.kedge.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.v1.Experiment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtoRecordsTest {
  @TempDir private Path folder;
  private EmbeddedS3 s3;
  private ObjectStore objects;
  private ProtoRecords<Experiment> records;

  @BeforeEach
  void start() {
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
    records =
        new ProtoRecords<>(
            new ProjectStore(objects, "p", new BlobCache(folder.resolve("cache"), 1 << 20))
                .records(),
            "experiments",
            Experiment.getDefaultInstance(),
            new Readings<>());
  }

  @AfterEach
  void stop() throws Exception {
    objects.close();
    s3.close();
  }

  @Test
  void ofAListThoseRecordsAloneAreParsedAgainThatHaveChanged() {
    records.createOrFind("a", titled("same"));
    records.createOrFind("b", titled("before"));
    List<Experiment> first = listed();
    Experiment changed = records.update("b", before -> titled("after"));
    List<Experiment> second = listed();

    assertThat(second.get(0)).isSameAs(first.get(0));
    assertThat(second.get(1)).isEqualTo(changed).isNotEqualTo(first.get(1));
    assertThat(records.find("b").orElseThrow().message()).isEqualTo(changed);
  }

  private List<Experiment> listed() {
    return records.list("", 10).stream().map(entry -> entry.message().orElseThrow()).toList();
  }

  private static Experiment titled(String title) {
    return Experiment.newBuilder().setDisplayName(title).build();
  }
}
