package dev.kedge.dataprep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.PreparedDataset;
import dev.kedge.data.text.PreparedText;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.Digest;
import dev.kedge.testing.TestingContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareExecutorTest {
  private static final String SOURCE = "sha256:source";

  @TempDir private Path source;
  @TempDir private Path scratch;
  private TestingContext context;

  @BeforeEach
  void twoClassesOfFivePictures() throws IOException {
    context = new TestingContext(scratch);
    context.artifacts.put(SOURCE, source);
    for (String folder : new String[] {"cat", "dog"}) {
      Files.createDirectories(source.resolve(folder));
      for (int i = 0; i < 5; i++) {
        BufferedImage image = new BufferedImage(3 + i, 2, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", source.resolve(folder).resolve(i + ".png").toFile());
      }
    }
  }

  @Test
  void theArtifactIsAPreparedDataset() throws IOException {
    StageOutput output = run(spec(0.1));
    assertThat(output.metrics()).containsEntry("samples", 10.0).containsEntry("classes", 2.0);
    assertThat(((StageOutput.NewFiles) output).files())
        .containsOnlyKeys("000000.tar", "index.jsonl", "manifest.json");
    assertThat(PreparedDataset.open(scratch.resolve("dataset")).classes())
        .containsExactly("cat", "dog");
  }

  @Test
  void progressCountsRecordsAndWhatWasLeftOut() throws IOException {
    Files.writeString(source.resolve("dog/9.png"), "broken");
    run(spec(0.1));
    assertThat(context.progress)
        .hasSize(11)
        .endsWith(
            Progress.newBuilder()
                .setDone(11)
                .setTotal(11)
                .setUnit("records")
                .putMetrics("quarantined", 1)
                .build());
    assertThat(context.lines)
        .containsExactly(
            "WARNING left out dog/9.png (no JPEG, PNG, WebP or GIF file)",
            "INFO 10 pictures of 2 classes, 1 left out");
  }

  @Test
  void tooManyBrokenPicturesAreTheUsersToMend() throws IOException {
    Files.writeString(source.resolve("dog/9.png"), "broken");
    assertRefused(spec(0.05), "UNUSABLE_DATA", "dog/9.png (no JPEG, PNG, WebP or GIF file)");
  }

  @Test
  void aLinkInTheSourceIsRefusedAsHostile() throws IOException {
    Files.createSymbolicLink(source.resolve("dog/link.png"), source.resolve("dog/0.png"));
    assertRefused(spec(0.1), "HOSTILE_ARCHIVE", "'dog/link.png' is a link");
  }

  @Test
  void anImpossibleFractionIsRefusedBeforeAnyFileIsRead() {
    assertRefused(spec(1.5), "INVALID_SPEC", "max_quarantined_fraction must be from 0 to 1");
  }

  @Test
  void anUnknownFormatIsRefused() {
    assertRefused(
        StageSpec.newBuilder().setPrepare(PrepareSpec.getDefaultInstance()).build(),
        "UNKNOWN_FORMAT",
        "known are IMAGE_FOLDER, WEBDATASET, IMAGE_TABLE, IMAGE_CAPTIONS, RECORDS and TEXT");
  }

  @Test
  void aStopIsHeardAtTheNextPicture() {
    context.stopWhen(() -> true);
    assertThatExceptionOfType(StageStopped.class).isThrownBy(() -> run(spec(0.1)));
  }

  @Test
  void finishedPartsOutliveAnEndInTheMiddleAndAreNotReadAgain() throws IOException {
    byte[] picture = Files.readAllBytes(source.resolve("cat/0.png"));
    for (int i = 10; i < 5000; i++) {
      Files.write(source.resolve("cat/" + i + ".png"), picture);
    }
    context.stopWhen(() -> context.parts.size() == 1);
    assertThatExceptionOfType(StageStopped.class).isThrownBy(() -> run(spec(0.1)));
    TestingContext next = context.next(Files.createDirectory(scratch.resolve("next")));
    StageOutput output = new PrepareExecutor().execute(spec(0.2), next);
    assertThat(output.metrics()).containsEntry("samples", 5000.0);
    assertThat(next.progress.get(0).getDone()).isEqualTo(4096);
    assertThat(next.progress).hasSize(1 + 5000 - 4096);
  }

  @Test
  void recordsAreCountedAndABadLineIsLeftOutByItsNumber() throws IOException {
    useTexts("qa.jsonl", "{\"q\": 1}\n{\"q\":\n{\"q\": 2}\n");
    StageOutput output = run(spec(PrepareSpec.Format.RECORDS, 0.5));
    assertThat(output.metrics()).containsEntry("samples", 2.0).containsEntry("quarantined", 1.0);
    assertThat(((StageOutput.NewFiles) output).files())
        .containsOnlyKeys("000000.jsonl", "index.jsonl", "manifest.json");
    assertThat(context.lines).first().asString().startsWith("WARNING left out qa.jsonl:2 (no JSON");
    assertThat(context.lines).last().isEqualTo("INFO 2 records with the fields [q], 1 left out");
    assertThat(PreparedText.open(scratch.resolve("dataset")).size()).isEqualTo(2);
  }

  @Test
  void aTextFileIsARecord() throws IOException {
    useTexts("a.txt", "words");
    assertThat(run(spec(PrepareSpec.Format.TEXT, 0)).metrics()).containsEntry("samples", 1.0);
    assertRefused(spec(PrepareSpec.Format.RECORDS, 0), "UNUSABLE_DATA", "ends in .jsonl");
  }

  @Test
  void sharesMergedAreTheArtifactOfASingleStage() throws IOException {
    for (int i = 10; i < 5000; i++) {
      Files.copy(source.resolve("cat/0.png"), source.resolve("cat/" + i + ".png"));
    }
    Files.writeString(source.resolve("dog/broken.png"), "broken");
    StageOutput whole = run(spec(0.1));
    TestingContext merging = context.next(Files.createDirectory(scratch.resolve("merging")));
    StageOutput merged = new PrepareExecutor().execute(merge(merging, 2, 0, 1), merging);
    assertThat(digests(merged)).isEqualTo(digests(whole)).hasSize(4);
    assertThat(merged.metrics()).isEqualTo(whole.metrics()).containsEntry("quarantined", 1.0);
    assertThat(merging.progress)
        .as("two shares are fetched and two parts joined")
        .extracting(Progress::getDone)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(merging.progress).last().matches(end -> end.getTotal() == end.getDone());
  }

  @Test
  void aMergeStopsBetweenTwoSharesAndBetweenTwoParts() throws IOException {
    StageSpec spec = merge(context, 2, 0, 1);
    for (int last : new int[] {1, 3}) {
      TestingContext merging =
          context.next(Files.createDirectory(scratch.resolve("stopped" + last)));
      merging.stopWhen(() -> merging.progress.size() == last);
      assertThatExceptionOfType(StageStopped.class)
          .isThrownBy(() -> new PrepareExecutor().execute(spec, merging));
      assertThat(merging.progress).hasSize(last);
    }
  }

  @Test
  void sharesThatAreNotAllOrNotOfOneSourceAreNotMerged() throws IOException {
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> run(merge(context, 3, 0, 2)))
        .withMessageContaining("of the shares [0, 2]: give each of the 3");
    StageSpec.Builder mixed = merge(context, 2, 0).toBuilder();
    mixed.getPrepareBuilder().addMerge(merge(context, 3, 1).getPrepare().getMerge(0));
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> run(mixed.build()))
        .withMessageContaining("are not of one source");
  }

  /** Prepares shares, and asks for them to be merged. */
  private StageSpec merge(TestingContext at, int count, int... indexes) throws IOException {
    var merge =
        PrepareSpec.newBuilder()
            .setFormat(PrepareSpec.Format.IMAGE_FOLDER)
            .setMaxQuarantinedFraction(0.1);
    for (int index : indexes) {
      String digest = "sha256:share-%d-of-%d".formatted(index, count);
      TestingContext own =
          at.next(Files.createDirectories(scratch.resolve(digest.substring("sha256:".length()))));
      StageSpec.Builder spec = spec(0).toBuilder();
      spec.getPrepareBuilder().getShareBuilder().setIndex(index).setCount(count);
      new PrepareExecutor().execute(spec.build(), own);
      at.artifacts.put(digest, own.scratch().resolve("dataset"));
      merge.addMergeBuilder().setArtifact(digest);
    }
    return StageSpec.newBuilder().setPrepare(merge).build();
  }

  private static Map<String, Digest> digests(StageOutput output) throws IOException {
    Map<String, Digest> digests = new HashMap<>();
    for (var file : ((StageOutput.NewFiles) output).files().entrySet()) {
      digests.put(file.getKey(), Digest.of(file.getValue()));
    }
    return digests;
  }

  private void useTexts(String name, String text) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("texts"));
    Files.writeString(folder.resolve(name), text);
    context.artifacts.put(SOURCE, folder);
  }

  private void assertRefused(StageSpec spec, String reason, String message) {
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> run(spec))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.blame()).isEqualTo(Blame.USER));
  }

  private StageOutput run(StageSpec spec) throws IOException {
    return new PrepareExecutor().execute(spec, context);
  }

  private static StageSpec spec(double maxQuarantinedFraction) {
    return spec(PrepareSpec.Format.IMAGE_FOLDER, maxQuarantinedFraction);
  }

  private static StageSpec spec(PrepareSpec.Format format, double maxQuarantinedFraction) {
    PrepareSpec.Builder prepare =
        PrepareSpec.newBuilder()
            .setSource(Input.newBuilder().setArtifact(SOURCE))
            .setFormat(format)
            .setMaxQuarantinedFraction(maxQuarantinedFraction);
    return StageSpec.newBuilder().setPrepare(prepare).build();
  }
}
