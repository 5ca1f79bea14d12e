package dev.kedge.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.data.PreparedDataset;
import dev.kedge.report.ClassPrediction;
import dev.kedge.report.ClassPredictions;
import dev.kedge.report.EvaluationIndex;
import dev.kedge.report.LanguagePrediction;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.Measure;
import dev.kedge.report.Predictions;
import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.Lineage;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.testing.ColouredPictures;
import dev.kedge.testing.SmallTexts;
import dev.kedge.testing.TestingContext;
import dev.kedge.v1.Flip;
import dev.kedge.v1.SuiteFlips;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base and a tuned model on one suite, whose data lies prepared in the store. */
class FlipGalleryTest {
  private static final String DATA = "sha256:data";

  @TempDir Path disk;
  private TestingContext context;

  @BeforeEach
  void aStage() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
  }

  @Test
  void picturesThatFlippedAreShownFromTheStoredDataSet() throws IOException {
    Path data = ColouredPictures.prepare(Files.createDirectory(disk.resolve("data")), 2, 1);
    context.artifacts.put(DATA, data);
    List<String> keys =
        PreparedDataset.open(data).samples().stream().map(sample -> sample.source()).toList();

    SuiteFlips flips =
        flips(EvaluateSpec.Suite.newBuilder(), pictures(keys, "111110"), pictures(keys, "110111"));

    assertThat(flips.getSuite()).isEqualTo("art");
    assertThat(flips.getCandidate()).isEqualTo("full");
    assertThat(flips.getLost()).isEqualTo(1);
    assertThat(flips.getGained()).isEqualTo(1);
    Flip lost = flips.getLostExamples(0);
    assertThat(lost.getSample()).isEqualTo(keys.get(2)).startsWith("green/");
    assertThat(lost.getRight()).isEqualTo("green");
    assertThat(lost.getNow()).isEqualTo("red");
    assertThat(lost.getPicture()).startsWith("data:image/jpeg;base64,");
    assertThat(flips.getGainedExamples(0).getSample()).isEqualTo(keys.get(5));
    assertThat(context.lines).isEmpty();
  }

  @Test
  void questionsThatFlippedAreToldInWords() throws IOException {
    context.artifacts.put(
        DATA, SmallTexts.questions(Files.createDirectory(disk.resolve("data")), 2, 1));
    EvaluateSpec.Suite.Builder suite = EvaluateSpec.Suite.newBuilder();
    suite
        .getLanguageBuilder()
        .setPrompt("{question}")
        .addChoices(" {choices[*]}")
        .setLabel("{answer}");

    SuiteFlips flips = flips(suite, choices("11"), choices("01"));

    Flip lost = flips.getLostExamples(0);
    assertThat(lost.getSample()).isEqualTo("q0");
    assertThat(lost.getQuestion()).startsWith("what colour is the ");
    assertThat(lost.getBefore()).isEqualTo(lost.getRight());
    assertThat(lost.getNow()).isNotEmpty().isNotEqualTo(lost.getRight());
  }

  @Test
  void dataThatIsGoneCostsThePicturesAlone() throws IOException {
    List<String> keys = List.of("a", "b", "c");

    SuiteFlips flips =
        flips(EvaluateSpec.Suite.newBuilder(), pictures(keys, "111"), pictures(keys, "011"));

    assertThat(flips.getLostExamples(0).getSample()).isEqualTo("a");
    assertThat(flips.getLostExamples(0).getPicture()).isEmpty();
    assertThat(context.lines).singleElement().asString().contains("'art'", DATA);
  }

  @Test
  void whereTheBaseIsRecommendedNothingFlipped() throws IOException {
    Study study =
        study(
            EvaluateSpec.Suite.newBuilder(),
            pictures(List.of("a"), "1"),
            pictures(List.of("a"), "0"));
    FlipGallery gallery = new FlipGallery(study, new StudyResults(study, context), context);
    assertThat(gallery.of(Optional.of("base"))).isEmpty();
    assertThat(gallery.of(Optional.empty())).isEmpty();
  }

  private SuiteFlips flips(EvaluateSpec.Suite.Builder suite, Predictions before, Predictions now)
      throws IOException {
    Study study = study(suite, before, now);
    return new FlipGallery(study, new StudyResults(study, context), context)
        .of(Optional.of("full"))
        .get(0);
  }

  private Study study(EvaluateSpec.Suite.Builder suite, Predictions before, Predictions now)
      throws IOException {
    suite.setId("art").getDataBuilder().setDataset(SyntheticStudy.artifact(DATA));
    return Study.newBuilder()
        .addSuites(Study.Suite.newBuilder().setId("art").setUse(Study.Suite.Use.REPORT))
        .addPoints(point("base", suite, before))
        .addPoints(point("full", suite, now))
        .build();
  }

  private Study.Point point(String id, EvaluateSpec.Suite.Builder suite, Predictions predictions)
      throws IOException {
    String artifact = "sha256:evaluation-" + id;
    Path folder = Files.createDirectory(disk.resolve(id));
    EvaluationIndex index = new EvaluationIndex();
    Path file = folder.resolve(index.add("art", id));
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      predictions.write(out);
    }
    index.write(folder);
    context.artifacts.put(artifact, folder);
    StageSpec spec =
        StageSpec.newBuilder().setEvaluate(EvaluateSpec.newBuilder().addSuites(suite)).build();
    NumericsProfile profile = NumericsProfile.ofThisMachine();
    Lineage lineage =
        new Lineage(spec, 1, profile, true, "here", "0.1.0", 1, Instant.EPOCH, List.of());
    context.stages.put(id, new CommittedStage(id, artifact, 1, Map.of(), lineage));
    return Study.Point.newBuilder()
        .setCandidate(id)
        .setMethod(id)
        .setEvaluation(Producer.newBuilder().setKey(id))
        .build();
  }

  /** Two pictures of each class in turn; 1 is right. */
  private static ClassPredictions pictures(List<String> keys, String bits) {
    List<String> classes = ColouredPictures.CLASSES;
    return new ClassPredictions(
        classes,
        IntStream.range(0, keys.size())
            .mapToObj(
                i -> {
                  int label = i / 2;
                  int other = (label + 1) % classes.size();
                  boolean right = bits.charAt(i) == '1';
                  return new ClassPrediction(keys.get(i), label, List.of(right ? label : other), 1);
                })
            .toList());
  }

  private LanguagePredictions choices(String bits) {
    return new LanguagePredictions(
        Measure.ACCURACY,
        IntStream.range(0, bits.length())
            .mapToObj(
                i -> {
                  double right = bits.charAt(i) == '1' ? 1 : 3;
                  return new LanguagePrediction(
                      "q" + i, right, 4, 1, List.of(right, 2.0), List.of(4, 4), 0);
                })
            .toList());
  }
}
