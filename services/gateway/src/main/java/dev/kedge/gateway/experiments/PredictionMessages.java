package dev.kedge.gateway.experiments;

import dev.kedge.report.ClassPredictions;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.Predictions;
import dev.kedge.report.WrittenPrediction;
import dev.kedge.report.WrittenPredictions;
import dev.kedge.v1.ClassPrediction;
import dev.kedge.v1.FollowedInstruction;
import dev.kedge.v1.LanguagePrediction;
import dev.kedge.v1.ListPredictionsResponse;
import dev.kedge.v1.Prediction;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Predictions in the public API's words, some hundred samples in a message. */
final class PredictionMessages {
  private static final int SAMPLES = 500;

  private PredictionMessages() {}

  static Stream<ListPredictionsResponse> of(EvaluationFiles.Entry entry, Predictions predictions) {
    List<Prediction> all = messages(predictions).toList();
    return IntStream.iterate(0, from -> from < all.size(), from -> from + SAMPLES)
        .mapToObj(from -> all.subList(from, Math.min(from + SAMPLES, all.size())))
        .map(
            some ->
                ListPredictionsResponse.newBuilder()
                    .setSuite(entry.suite())
                    .setCandidate(entry.candidate())
                    .setMeasure(predictions.measure().name())
                    .addAllPredictions(some)
                    .build());
  }

  private static Stream<Prediction> messages(Predictions predictions) {
    if (predictions instanceof ClassPredictions classified) {
      return classified.samples().stream().map(said -> message(said, classified.classes()));
    }
    if (predictions instanceof WrittenPredictions written) {
      return written.samples().stream().map(PredictionMessages::message);
    }
    LanguagePredictions scored = (LanguagePredictions) predictions;
    return scored.samples().stream().map(said -> message(said, scored));
  }

  private static Prediction message(dev.kedge.report.ClassPrediction said, List<String> classes) {
    return Prediction.newBuilder()
        .setSample(said.sample())
        .setClassification(
            ClassPrediction.newBuilder()
                .setLabel(classes.get(said.label()))
                .addAllTop(said.top().stream().map(classes::get).toList())
                .setConfidence(said.confidence())
                .setRight(said.right()))
        .build();
  }

  private static Prediction message(WrittenPrediction said) {
    return Prediction.newBuilder()
        .setSample(said.sample())
        .setWritten(
            dev.kedge.v1.WrittenPrediction.newBuilder()
                .setWritten(said.written())
                .setWanted(said.wanted())
                .setRight(said.right())
                .addAllInstructions(
                    said.instructions().stream().map(PredictionMessages::message).toList()))
        .build();
  }

  private static FollowedInstruction message(WrittenPrediction.Followed instruction) {
    return FollowedInstruction.newBuilder()
        .setId(instruction.id())
        .setStrictly(instruction.strictly())
        .setLoosely(instruction.loosely())
        .build();
  }

  private static Prediction message(
      dev.kedge.report.LanguagePrediction said, LanguagePredictions all) {
    var message =
        LanguagePrediction.newBuilder()
            .setNats(said.nats())
            .setBytes(said.bytes())
            .setTokens(said.tokens())
            .addAllChoices(said.choices())
            .addAllCharacters(said.characters())
            .addAllChoiceBytes(said.choiceBytes())
            .addAllUnasked(said.unasked());
    if (said.words() != null) {
      message.setWords(said.words());
    }
    all.right(said).ifPresent(right -> message.setLabel(said.label()).setRight(right));
    return Prediction.newBuilder().setSample(said.sample()).setLanguage(message).build();
  }
}
