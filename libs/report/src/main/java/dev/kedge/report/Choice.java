package dev.kedge.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The recommended point.
 *
 * @param label of the point
 * @param candidate of its runs, the one to export
 * @param rule what chose it and what it could see, in words
 * @param notes what a reader must know of the choice
 * @param ofWays the label that the same rule chooses of each method and of each average of one
 *     ({@link Point#way()}), in the order of the evidence
 */
public record Choice(
    String label, String candidate, String rule, List<String> notes, Map<String, String> ofWays) {
  /** Copies; what was chosen by a version that chose for no single method reads as such. */
  public Choice {
    notes = List.copyOf(notes);
    ofWays = ofWays == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(ofWays));
  }

  /** The same with what is chosen of each method. */
  Choice withOfWays(Map<String, String> chosen) {
    return new Choice(label, candidate, rule, notes, chosen);
  }
}
