package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.ClassPrediction;
import dev.kedge.v1.LanguagePrediction;
import dev.kedge.v1.ListPredictionsRequest;
import dev.kedge.v1.ListPredictionsResponse;
import dev.kedge.v1.Prediction;
import dev.kedge.v1.WrittenPrediction;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PredictionsCommandTest extends CommandLineFixture {
  private static final String EXPERIMENT = "e0123456789abcdef";

  @BeforeEach
  void somePredictions() {
    gateway.predictions =
        List.of(
            said("art", "full-seed0", "ACCURACY")
                .addPredictions(
                    Prediction.newBuilder()
                        .setSample("cat/1.jpg")
                        .setClassification(
                            ClassPrediction.newBuilder()
                                .setLabel("cat")
                                .addTop("dog")
                                .addTop("cat")
                                .setConfidence(0.75)))
                .build(),
            said("text", "full-seed0", "BITS_PER_BYTE")
                .addPredictions(
                    Prediction.newBuilder()
                        .setSample("7")
                        .setLanguage(
                            LanguagePrediction.newBuilder()
                                .setNats(40 * Math.log(2))
                                .setBytes(16)
                                .setTokens(5)))
                .build(),
            said("sums", "full-seed0", "EXACT_MATCH")
                .addPredictions(
                    Prediction.newBuilder()
                        .setSample("8")
                        .setWritten(
                            WrittenPrediction.newBuilder()
                                .setWritten(" five")
                                .setWanted(" Five")
                                .setRight(true)))
                .build());
  }

  @Test
  void everySampleIsARowUnderItsSuiteAndCandidate() {
    assertThat(kedge("predictions", EXPERIMENT)).isZero();
    assertThat(out())
        .isEqualToNormalizingNewlines(
            """
            art  full-seed0  ACCURACY
            SAMPLE     CLASS  LIKELIEST  CONFIDENCE  RIGHT
            cat/1.jpg  cat    dog             0.750  no

            text  full-seed0  BITS_PER_BYTE
            SAMPLE  BITS  BYTES  TOKENS  BITS/BYTE  RIGHT
            7       40.0     16       5      2.500  –

            sums  full-seed0  EXACT_MATCH
            SAMPLE  WANTED  WRITTEN  RIGHT
            8       Five    five     yes

            """);
  }

  @Test
  void whatAModelWroteIsOneCellAndNoWiderThanAScreenHasRoomFor() {
    String rest = "abcdef".repeat(9) + "\n\u001b[2J";
    gateway.predictions =
        List.of(
            said("sums", "full-seed0", "EXACT_MATCH")
                .addPredictions(
                    Prediction.newBuilder()
                        .setSample("8")
                        .setWritten(
                            WrittenPrediction.newBuilder()
                                .setWanted(" first\nsecond\tthird ")
                                .setWritten("\u001b]0;title\u0007" + rest)))
                .addPredictions(
                    Prediction.newBuilder()
                        .setSample("9")
                        .setWritten(
                            WrittenPrediction.newBuilder()
                                .setWanted("x".repeat(40))
                                .setWritten("\uD83D\uDE00".repeat(41))))
                .build());

    assertThat(kedge("predictions", EXPERIMENT)).isZero();
    assertThat(out().lines()).hasSize(5);
    assertThat(out())
        .contains("8       first\\nsecond\\tthird ")
        .contains("  \\u001b]0;title\\u0007abcdefabcdefabcdefa… ")
        .contains("9       " + "x".repeat(40) + "  " + "\uD83D\uDE00".repeat(39) + "…  no");
    assertThat(kedge("predictions", EXPERIMENT, "--json")).isZero();
    assertThat(out().lines()).hasSize(1);
    assertThat(out()).contains("abcdef".repeat(9) + "\\n\\u001b[2J");
  }

  @Test
  void theFiltersAreTheGateways() {
    assertThat(kedge("predictions", EXPERIMENT, "--suite", "art", "--candidate", "base")).isZero();
    assertThat(asked(ListPredictionsRequest.class))
        .isEqualTo(
            ListPredictionsRequest.newBuilder()
                .setName("projects/default/experiments/" + EXPERIMENT)
                .setSuite("art")
                .setCandidate("base")
                .build());
  }

  @Test
  void forProgramsEveryAnswerIsALineOfJson() {
    assertThat(kedge("predictions", EXPERIMENT, "--json")).isZero();
    assertThat(out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"suite\":\""));
  }

  private static ListPredictionsResponse.Builder said(
      String suite, String candidate, String measure) {
    return ListPredictionsResponse.newBuilder()
        .setSuite(suite)
        .setCandidate(candidate)
        .setMeasure(measure);
  }
}
