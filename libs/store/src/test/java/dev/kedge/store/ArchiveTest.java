package dev.kedge.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.store.archive.Packing;
import dev.kedge.store.archive.Unpacking;
import dev.kedge.store.archive.UnreadableArchiveException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiveTest extends StoreContract {
  private static final String RECORD = "experiments/e1";
  private static final String KEY = Digest.of(bytes("a stage")).hex();

  private ProjectStore elsewhere;
  private Digest input;
  private Digest output;

  @BeforeEach
  void somethingToCarry() {
    elsewhere = new ProjectStore(objects, projectName + "-elsewhere", cache("elsewhere"));
    input = artifact("what it was made from");
    output = artifact("what it made");
    JsonNode lineage = CanonicalJson.tree(Map.of("inputs", List.of(input.toString())));
    JsonNode metrics = CanonicalJson.tree(Map.of("loss", 0.5));
    project.events(KEY).append(1, 7, CanonicalJson.tree(Map.of("text", "a line")));
    project.results().commit(KEY, new StageResult(output, lineage, metrics));
    project.records().create(RECORD, CanonicalJson.write(Map.of("stages", List.of(KEY))));
    artifact("what nobody names");
  }

  @Test
  void allThatARecordNamesIsCarried() throws IOException {
    byte[] archive = packed();
    try (Unpacking unpacking = unpacking(archive)) {
      assertThat(unpacking.path()).isEqualTo(RECORD);
      assertThat(unpacking.record().path("stages").path(0).asText()).isEqualTo(KEY);
      assertThat(unpacking.companions().path("more").asInt()).isEqualTo(1);
      unpacking.into(elsewhere);
    }
    assertThat(elsewhere.results().find(KEY)).isEqualTo(project.results().find(KEY));
    assertThat(elsewhere.artifacts().isIntact(input)).isTrue();
    assertThat(elsewhere.artifacts().isIntact(output)).isTrue();
    assertThat(elsewhere.events(KEY).read(EventLog.BEGINNING, 10))
        .isEqualTo(project.events(KEY).read(EventLog.BEGINNING, 10))
        .hasSize(1);
    assertThat(objects.list("projects/" + projectName + "-elsewhere/", "", 100))
        .as("2 blobs, 2 lists, an event and a result: neither the record nor what nobody names")
        .hasSize(6);
    assertThat(packed()).as("equal contents are equal archives").isEqualTo(archive);
  }

  @Test
  void whatIsThereAlreadyStays() throws IOException {
    byte[] archive = packed();
    JsonNode none = CanonicalJson.tree(Map.of());
    StageResult theirs = new StageResult(artifact(elsewhere, "their own"), none, none);
    elsewhere.results().commit(KEY, theirs);
    try (Unpacking unpacking = unpacking(archive)) {
      unpacking.into(elsewhere);
    }
    assertThat(elsewhere.results().find(KEY)).isEqualTo(new StageLookup.Intact(theirs));
    assertThat(elsewhere.events(KEY).read(EventLog.BEGINNING, 10))
        .as("events of another run are none of this one's")
        .isEmpty();
  }

  @Test
  void aResultThatIsSpoiltIsNotPackedUntilItIsMadeAnew() throws IOException {
    byte[] archive = packed();
    spoil(keyEnding(Digest.of(bytes("what it made")).hex()));
    assertThatThrownBy(this::packed)
        .isInstanceOf(StoreException.Corrupt.class)
        .hasMessageContaining("was put aside");
    assertThat(project.results().find(KEY))
        .as("whoever asks for the stage makes it again")
        .isInstanceOf(StageLookup.Broken.class);
    assertThatThrownBy(this::packed)
        .as("and meanwhile the archive would lack it")
        .isInstanceOf(StoreException.Lost.class)
        .hasMessageContaining("file of artifact " + output + " is not in the store");
    artifact("what it made");
    assertThat(project.results().find(KEY)).isInstanceOf(StageLookup.Intact.class);
    assertThat(packed()).isEqualTo(archive);
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    assertRefused(bytes("a text, and no zip"), "it is no archive of `kedge pack`");
    assertRefused(new byte[0], "it is no archive of `kedge pack`");
    byte[] archive = packed();
    assertRefused(rewritten(archive, "kedge-archive.json", "format\":1", "format\":2"), "format 2");
    assertRefused(rewritten(archive, "kedge-archive.json", "{", "["), "it is broken");
  }

  @Test
  void anArchiveThatIsNotWholeIsRefused() throws IOException {
    byte[] archive = packed();
    assertRefused(without(archive, "blobs/"), "it is not whole, it lacks what artifacts/");
    assertRefused(without(archive, "results/"), "it was cut off: it has 5 of 6 entries");
    for (int end : new int[] {archive.length / 4, archive.length / 2}) {
      assertRefused(Arrays.copyOf(archive, end), "it is broken", "it was cut off");
    }
  }

  @Test
  void whatUnpacksToMoreThanItIsIsRefused() throws IOException {
    Blob large = project.blobs().put(new byte[1 << 20]);
    record("experiments/e2", artifact("a list", large));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    project.pack("experiments/e2", CanonicalJson.tree(Map.of())).writeTo(out);
    byte[] packed = out.toByteArray();
    byte[] deflated = changed(packed, entry -> entry, (entry, content) -> content);
    assertThat(deflated).as("a megabyte of nothing").hasSizeLessThan(packed.length / 10);
    assertRefused(deflated, "it unpacks to more than it is");
  }

  @Test
  void whatAStageWithoutAResultHasToldStaysBehind() throws IOException {
    String begun = Digest.of(bytes("begun")).hex();
    project.events(begun).append(1, 0, CanonicalJson.tree(Map.of("text", "a line")));
    record("experiments/e2", begun);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    project.pack("experiments/e2", CanonicalJson.tree(Map.of())).writeTo(out);
    try (Unpacking unpacking = unpacking(out.toByteArray())) {
      unpacking.into(elsewhere);
    }
    assertThat(elsewhere.events(begun).read(EventLog.BEGINNING, 10)).isEmpty();
  }

  @Test
  void whatIsNotWhatItsNameSaysIsRefused() throws IOException {
    byte[] archive = packed();
    assertRefused(rewritten(archive, "blobs/", "what it", "that it"), "has the bytes of");
    assertRefused(rewritten(archive, "artifacts/", "\"test\"", "\"else\""), "is the list");
    assertRefused(rewritten(archive, "blobs/", "what it ", "what"), "is shorter than it says");
    assertRefused(rewritten(archive, "blobs/", "what it ", "what it is "), "is longer");
    assertRefused(renamed(archive, "results/", "../results/"), "it has an entry of no known kind");
  }

  private void assertRefused(byte[] archive, String... oneOf) {
    assertThatThrownBy(
            () -> {
              try (Unpacking unpacking = unpacking(archive)) {
                unpacking.into(elsewhere);
              }
            })
        .isInstanceOf(UnreadableArchiveException.class)
        .satisfies(e -> assertThat(oneOf).anyMatch(e.getMessage()::contains));
    assertThat(elsewhere.results().find(KEY)).isInstanceOf(StageLookup.Absent.class);
  }

  private byte[] packed() throws IOException {
    Packing packing = project.pack(RECORD, CanonicalJson.tree(Map.of("more", 1)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    packing.writeTo(out);
    assertThat(packing.size()).isPositive().isLessThan(out.size());
    return out.toByteArray();
  }

  private static Unpacking unpacking(byte[] archive) {
    return new Unpacking(new ByteArrayInputStream(archive), archive.length);
  }

  private static byte[] rewritten(byte[] archive, String name, String text, String by)
      throws IOException {
    return changed(
        archive,
        entry -> entry,
        (entry, content) -> entry.startsWith(name) ? content.replace(text, by) : content);
  }

  private static byte[] renamed(byte[] archive, String start, String by) throws IOException {
    return changed(archive, entry -> entry.replace(start, by), (entry, content) -> content);
  }

  private static byte[] without(byte[] archive, String start) throws IOException {
    return changed(
        archive, entry -> entry.startsWith(start) ? "" : entry, (entry, content) -> content);
  }

  /** What becomes of an entry. */
  @FunctionalInterface
  private interface Change {
    String content(String name, String content);
  }

  private static byte[] changed(byte[] archive, UnaryOperator<String> name, Change change)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String content = new String(in.readAllBytes(), UTF_8);
        if (!name.apply(entry.getName()).isEmpty()) {
          zip.putNextEntry(new ZipEntry(name.apply(entry.getName())));
          zip.write(bytes(change.content(entry.getName(), content)));
        }
      }
    }
    return out.toByteArray();
  }

  private void record(String path, Object named) {
    project
        .records()
        .create(path, CanonicalJson.write(Map.of("stages", List.of(named.toString()))));
  }

  private Digest artifact(String name, Blob file) {
    return project
        .artifacts()
        .put(new Artifact("test", new TreeMap<>(Map.of(name.replace(' ', '-'), file))));
  }

  private Digest artifact(String content) {
    return artifact(project, content);
  }

  private static Digest artifact(ProjectStore store, String content) {
    Blob blob = store.blobs().put(bytes(content));
    return store.artifacts().put(new Artifact("test", new TreeMap<>(Map.of("file", blob))));
  }
}
