package dev.kedge.cli.view;

import dev.kedge.v1.ClassPrediction;
import dev.kedge.v1.LanguagePrediction;
import dev.kedge.v1.ListPredictionsResponse;
import dev.kedge.v1.Prediction;
import dev.kedge.v1.WrittenPrediction;

/** Samples of one candidate on one suite. */
public final class PredictionTable {
  private static final double NATS_OF_A_BIT = Math.log(2);

  /** What a model wrote has any length; {@code --json} has all of it. */
  private static final int MOST_CHARACTERS = 40;

  private PredictionTable() {}

  /** A heading that names the suite, the candidate and the measure, and one row a sample. */
  public static String of(ListPredictionsResponse some) {
    return "%s  %s  %s%n%s%n"
        .formatted(some.getSuite(), some.getCandidate(), some.getMeasure(), table(some));
  }

  private static Table table(ListPredictionsResponse some) {
    if (some.getPredictionsList().stream().anyMatch(Prediction::hasClassification)) {
      return ofImages(some);
    }
    return some.getPredictionsList().stream().anyMatch(Prediction::hasWritten)
        ? ofWritings(some)
        : ofTexts(some);
  }

  private static Table ofWritings(ListPredictionsResponse some) {
    var table = new Table("SAMPLE", "WANTED", "WRITTEN", "RIGHT");
    for (Prediction each : some.getPredictionsList()) {
      WrittenPrediction said = each.getWritten();
      table.row(
          each.getSample(),
          cut(said.getWanted().strip()),
          cut(said.getWritten().strip()),
          yesNo(said.getRight()));
    }
    return table;
  }

  private static Table ofImages(ListPredictionsResponse some) {
    var table = new Table("SAMPLE", "CLASS", "LIKELIEST", ">CONFIDENCE", "RIGHT");
    for (Prediction each : some.getPredictionsList()) {
      ClassPrediction said = each.getClassification();
      table.row(
          each.getSample(),
          said.getLabel(),
          said.getTop(0),
          "%.3f".formatted(said.getConfidence()),
          yesNo(said.getRight()));
    }
    return table;
  }

  private static Table ofTexts(ListPredictionsResponse some) {
    var table = new Table("SAMPLE", ">BITS", ">BYTES", ">TOKENS", ">BITS/BYTE", "RIGHT");
    for (Prediction each : some.getPredictionsList()) {
      LanguagePrediction said = each.getLanguage();
      double bits = said.getNats() / NATS_OF_A_BIT;
      table.row(
          each.getSample(),
          "%.1f".formatted(bits),
          Integer.toString(said.getBytes()),
          Integer.toString(said.getTokens()),
          "%.3f".formatted(bits / said.getBytes()),
          said.hasRight() ? yesNo(said.getRight()) : "–");
    }
    return table;
  }

  private static String cut(String text) {
    String line = Visible.line(text);
    return line.codePointCount(0, line.length()) <= MOST_CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_CHARACTERS - 1)) + "…";
  }

  private static String yesNo(boolean right) {
    return right ? "yes" : "no";
  }
}
