package dev.kedge.report;

import java.util.List;

/**
 * The recommended point.
 *
 * @param label of the point
 * @param candidate of its runs, the one to export
 * @param rule what chose it and what it could see, in words
 * @param notes what a reader must know of the choice
 */
public record Choice(String label, String candidate, String rule, List<String> notes) {
  /** Copies the notes. */
  public Choice {
    notes = List.copyOf(notes);
  }
}
