package dev.kedge.dataprep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.stage.Blame;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.OverlapSpec;
import dev.kedge.stage.v1.OverlapSpec.Purpose;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.testing.ColouredPictures;
import dev.kedge.testing.RecordedOutput;
import dev.kedge.testing.SmallTexts;
import dev.kedge.testing.TestingContext;
import dev.kedge.v1.Overlap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlapExecutorTest {
  private static final OverlapSpec PICTURES =
      OverlapSpec.newBuilder()
          .setKind(OverlapSpec.Kind.PICTURES)
          .addSets(set("task.image_classification.train", Purpose.TRAINING, "train"))
          .addSets(set("photo", Purpose.REPORT, "test"))
          .build();

  private static final List<String> READ = List.of("question", "choices", "answer");

  @TempDir private Path folder;
  private TestingContext context;

  @BeforeEach
  void twoSets() throws IOException {
    context = new TestingContext(Files.createDirectory(folder.resolve("scratch")));
    prepare("train", 1);
    prepare("test", 2);
  }

  private void prepare(String name, long seed) throws IOException {
    context.artifacts.put(
        "sha256:" + name,
        ColouredPictures.prepare(Files.createDirectory(folder.resolve(name)), 3, seed));
  }

  @Test
  void setsWithoutOverlapGoOnInSilence() throws IOException {
    assertThat(new OverlapExecutor().kind()).isEqualTo(StageKind.OVERLAP);
    Overlap overlap = message(run(PICTURES));
    assertThat(overlap.getWithinList())
        .extracting(Overlap.Within::getSet)
        .containsExactly("task.image_classification.train", "photo");
    assertThat(overlap.getBetweenList()).hasSize(1);
    assertThat(overlap.getBetween(0).getExact().getCount()).isZero();
    assertThat(overlap.getBetween(0).getNear().getCount()).isZero();
    assertThat(context.lines).isEmpty();
  }

  @Test
  void testSamplesThatWereLearntFromAreRefusedWithTheirNamesAndARemedy() throws IOException {
    prepareAgain("test", 1);
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> run(PICTURES))
        .withMessageContaining(
            "9 of 9 samples of `photo` (REPORT) are in `task.image_classification.train` (TRAINING):"
                + " blue/000.png is blue/000.png, blue/001.png is blue/001.png, …")
        .withMessageContaining("`allow_exact_overlap: true` into `photo`")
        .satisfies(e -> assertThat(e.reason()).isEqualTo("OVERLAP"))
        .satisfies(e -> assertThat(e.blame()).isEqualTo(Blame.USER));
  }

  @Test
  void whatIsAllowedByNameGoesOnAndIsTold() throws IOException {
    prepareAgain("test", 1);
    StageOutput output = run(PICTURES.toBuilder().addAllowed("photo").build());
    Overlap.Between between = message(output).getBetween(0);
    assertThat(between.getAllowed()).isTrue();
    assertThat(between.getPurpose()).isEqualTo("REPORT");
    assertThat(between.getOtherPurpose()).isEqualTo("TRAINING");
    assertThat(between.getExact().getSamplesList()).hasSize(9).contains("red/002.png");
    assertThat(output.metrics()).containsEntry("exact", 9.0).containsEntry("near", 0.0);
    assertThat(context.lines).hasSize(1).first().asString().startsWith("WARNING 9 of 9 samples");
  }

  @Test
  void picturesOfClassesThatAreNotTestedAreNoReasonToStop() throws IOException {
    prepareAgain("test", 1);
    OverlapSpec.Builder red = PICTURES.toBuilder();
    red.getSetsBuilder(1).addClasses("red");
    Overlap.Between between = message(run(red.addAllowed("photo").build())).getBetween(0);
    assertThat(between.getExact().getSamplesList())
        .containsExactly("red/000.png", "red/001.png", "red/002.png");
    red.clearAllowed().getSetsBuilder(1).setClasses(0, "none of these");
    assertThat(message(run(red.build())).getBetween(0).getExact().getCount()).isZero();
  }

  @Test
  void allowingOneTestAllowsNoOther() throws IOException {
    prepareAgain("test", 1);
    OverlapSpec two =
        PICTURES.toBuilder()
            .addSets(set("photo-dev", Purpose.SELECT, "test"))
            .addAllowed("photo")
            .build();
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> run(two))
        .withMessageContaining("9 of 9 samples of `photo-dev` (SELECT) are in")
        .withMessageContaining("into `photo-dev` and")
        .withMessageContaining(
            "retry EXPERIMENT overlap --set 'allowed=[\"photo\",\"photo-dev\"]'`");
  }

  @Test
  void recordsAreComparedByTheFieldsThatAreRead() throws IOException {
    context.artifacts.put(
        "sha256:qa", SmallTexts.questions(Files.createDirectory(folder.resolve("qa")), 5, 1));
    context.artifacts.put(
        "sha256:qb", SmallTexts.questions(Files.createDirectory(folder.resolve("qb")), 5, 1));
    OverlapSpec texts =
        OverlapSpec.newBuilder()
            .setKind(OverlapSpec.Kind.TEXTS)
            .addSets(set("task.instruction.train", Purpose.TRAINING, "qa").addAllFields(READ))
            .addSets(set("qa", Purpose.SELECT, "qb").addAllFields(READ))
            .build();
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> run(texts))
        .withMessageContaining("5 of 5 samples of `qa` (SELECT)");
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThatExceptionOfType(StageException.class)
        .isThrownBy(() -> run(OverlapSpec.getDefaultInstance()))
        .withMessageContaining("known are PICTURES and TEXTS");
  }

  @Test
  void aStopIsHeard() {
    context.stopWhen(() -> true);
    assertThatExceptionOfType(StageStopped.class).isThrownBy(() -> run(PICTURES));
  }

  @Test
  void anOutputChangesWithItsAlgorithmVersionAlone() throws IOException {
    prepareAgain("test", 1);
    StageOutput output = run(PICTURES.toBuilder().addAllowed("photo").build());
    new RecordedOutput(StageKind.OVERLAP, "pictures")
        .requireUnchanged(((StageOutput.NewFiles) output).files());
  }

  private void prepareAgain(String name, long seed) throws IOException {
    Path again = Files.createDirectory(folder.resolve(name + "-again"));
    context.artifacts.put("sha256:" + name, ColouredPictures.prepare(again, 3, seed));
  }

  private StageOutput run(OverlapSpec spec) throws IOException {
    return new OverlapExecutor().execute(StageSpec.newBuilder().setOverlap(spec).build(), context);
  }

  private static Overlap message(StageOutput output) throws IOException {
    Overlap.Builder overlap = Overlap.newBuilder();
    Path file = ((StageOutput.NewFiles) output).files().get("overlap.json");
    JsonFormat.parser().merge(Files.readString(file), overlap);
    return overlap.build();
  }

  private static OverlapSpec.ComparedSet.Builder set(String name, Purpose purpose, String data) {
    return OverlapSpec.ComparedSet.newBuilder()
        .setName(name)
        .setPurpose(purpose)
        .setDataset(Input.newBuilder().setArtifact("sha256:" + data));
  }
}
