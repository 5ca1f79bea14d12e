package dev.kedge.report.page;

import dev.kedge.v1.Flip;
import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteFlips;
import dev.kedge.v1.SuiteScore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What flipped on one suite, with examples.
 *
 * @param candidate the run beside the base
 * @param counts how many of how many samples, in words
 * @param sides what was lost, and what was gained; a side without a sample is left out
 */
public record FlipTable(String suite, String candidate, String counts, List<Side> sides) {

  /**
   * Flips of one direction.
   *
   * @param heading for example {@code Right before, wrong now}
   * @param pictures those with a picture
   * @param texts those without one
   */
  public record Side(String heading, List<Flip> pictures, List<Flip> texts) {}

  /** How a suite's two directions are called. */
  private record Words(String lost, String gained) {
    private static final Words RIGHT_AND_WRONG =
        new Words("Right before, wrong now", "Wrong before, right now");
    private static final Words COST = new Words("Dearer than before", "Cheaper than before");
  }

  /** One for each suite on which something flipped, in the order of the message. */
  static List<FlipTable> of(Report report) {
    if (report.getFlipsCount() == 0) {
      return List.of();
    }
    Map<String, SuiteScore> suites =
        report.getPoints(0).getSuitesList().stream()
            .collect(Collectors.toMap(SuiteScore::getSuite, Function.identity()));
    return report.getFlipsList().stream()
        .filter(flips -> flips.getLost() + flips.getGained() > 0)
        .map(flips -> of(flips, suites.get(flips.getSuite())))
        .toList();
  }

  private static FlipTable of(SuiteFlips flips, SuiteScore suite) {
    Words words =
        suite.hasBitsPerByte() && !suite.hasChoices() ? Words.COST : Words.RIGHT_AND_WRONG;
    return new FlipTable(
        flips.getSuite(),
        flips.getCandidate(),
        "of %,d samples %,d %s; %,d %s"
            .formatted(
                suite.getSamples(),
                flips.getLost(),
                lower(words.lost()),
                flips.getGained(),
                lower(words.gained())),
        List.of(
                side(words.lost(), flips.getLostExamplesList()),
                side(words.gained(), flips.getGainedExamplesList()))
            .stream()
            .filter(side -> !side.pictures().isEmpty() || !side.texts().isEmpty())
            .toList());
  }

  private static Side side(String heading, List<Flip> flips) {
    Map<Boolean, List<Flip>> shown =
        flips.stream().collect(Collectors.partitioningBy(flip -> !flip.getPicture().isEmpty()));
    return new Side(heading, shown.get(true), shown.get(false));
  }

  private static String lower(String heading) {
    return Character.toLowerCase(heading.charAt(0)) + heading.substring(1);
  }
}
