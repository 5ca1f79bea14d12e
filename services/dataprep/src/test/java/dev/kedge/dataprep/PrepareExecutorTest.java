package dev.kedge.dataprep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.PreparedDataset;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.testing.TestingContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "WARNING left out dog/9.png (neither a JPEG nor a PNG file)",
            "INFO 10 pictures of 2 classes, 1 left out");
  }

  @Test
  void tooManyBrokenPicturesAreTheUsersToMend() throws IOException {
    Files.writeString(source.resolve("dog/9.png"), "broken");
    assertRefused(spec(0.05), "UNUSABLE_DATA", "dog/9.png (neither a JPEG nor a PNG file)");
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
        "known is IMAGE_FOLDER");
  }

  @Test
  void aStopIsHeardAtTheNextPicture() {
    context.stopWhen(() -> true);
    assertThatExceptionOfType(StageStopped.class).isThrownBy(() -> run(spec(0.1)));
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
    PrepareSpec.Builder prepare =
        PrepareSpec.newBuilder()
            .setSource(Input.newBuilder().setArtifact(SOURCE))
            .setFormat(PrepareSpec.Format.IMAGE_FOLDER)
            .setMaxQuarantinedFraction(maxQuarantinedFraction);
    return StageSpec.newBuilder().setPrepare(prepare).build();
  }
}
