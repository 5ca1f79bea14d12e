package dev.kedge.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * What one answer or text costs a language model.
 *
 * @param sample the record's id in its data set
 * @param nats −ln p of the right answer given its prompt, or of the text; 0 or more
 * @param bytes UTF-8 bytes of that answer or text; 1 or more
 * @param tokens tokens that were scored
 * @param choices nats of every answer to choose from, or empty
 * @param characters Unicode characters of every answer to choose from, without the blank before it;
 *     1 or more each; empty also where they were not counted, as before EVALUATE's version 4
 * @param label the right one's place among the choices; null where there are none
 * @param choiceBytes UTF-8 bytes of every answer to choose from, as {@code characters}
 * @param unasked nats of every answer to choose from without the question, or empty
 * @param words what white space parts of a plain text, empty ones at its ends included; 1 or more;
 *     null where it is none
 */
@JsonInclude(Include.NON_EMPTY)
public record LanguagePrediction(
    String sample,
    double nats,
    int bytes,
    int tokens,
    List<Double> choices,
    List<Integer> characters,
    Integer label,
    List<Integer> choiceBytes,
    List<Double> unasked,
    Integer words)
    implements Prediction {

  /** Checks the ranges. */
  public LanguagePrediction {
    choices = choices == null ? List.of() : List.copyOf(choices);
    characters = characters == null ? List.of() : List.copyOf(characters);
    choiceBytes = choiceBytes == null ? List.of() : List.copyOf(choiceBytes);
    unasked = unasked == null ? List.of() : List.copyOf(unasked);
    if (!(nats >= 0 && nats < Double.POSITIVE_INFINITY) || bytes < 1) {
      throw new IllegalArgumentException(
          "sample '%s': needs finite nats and at least one byte, not %s nats and %d bytes"
              .formatted(sample, nats, bytes));
    }
    if (choices.isEmpty() != (label == null)
        || (label != null && (label < 0 || label >= choices.size()))) {
      throw new IllegalArgumentException(
          "sample '%s': the right choice %s is not one of the %d choices"
              .formatted(sample, label, choices.size()));
    }
    requireSizes(sample, "character", choices.size(), characters);
    requireSizes(sample, "byte", choices.size(), choiceBytes);
    if (!unasked.isEmpty() && unasked.size() != choices.size()) {
      throw new IllegalArgumentException(
          "sample '%s': each of the %d choices has a cost without the question, not %s"
              .formatted(sample, choices.size(), unasked));
    }
  }

  /** Choices of which no more is known than their characters. */
  public LanguagePrediction(
      String sample,
      double nats,
      int bytes,
      int tokens,
      List<Double> choices,
      List<Integer> characters,
      Integer label) {
    this(sample, nats, bytes, tokens, choices, characters, label, List.of(), List.of(), null);
  }

  private static void requireSizes(String sample, String unit, int choices, List<Integer> sizes) {
    if ((!sizes.isEmpty() && sizes.size() != choices)
        || sizes.stream().anyMatch(each -> each < 1)) {
      throw new IllegalArgumentException(
          "sample '%s': each of the %d choices needs a %s, not %s"
              .formatted(sample, choices, unit, sizes));
    }
  }

  /** An answer or a text with nothing to choose from. */
  public static LanguagePrediction of(String sample, double nats, int bytes, int tokens) {
    return new LanguagePrediction(sample, nats, bytes, tokens, List.of(), List.of(), null);
  }

  /**
   * True where the likeliest choice is the right one; of equal ones the first counts. Empty where
   * there are no choices.
   */
  public Optional<Boolean> right() {
    return Optional.ofNullable(label).map(place -> chosen() == place);
  }

  /** The place of the likeliest choice, the first of equal ones. There are choices. */
  public int chosen() {
    return cheapest(choices::get);
  }

  /** As {@link #chosen()}, the nats of each divided by its characters, which were counted. */
  public int chosenByCharacters() {
    return cheapest(i -> choices.get(i) / characters.get(i));
  }

  /**
   * As {@link #right()}, the nats of each choice divided by its characters. Empty also where they
   * were not counted.
   */
  public Optional<Boolean> rightByCharacters() {
    return characters.isEmpty() ? Optional.empty() : Optional.of(chosenByCharacters() == label);
  }

  /** As {@link #chosen()}, the nats of each divided by its UTF-8 bytes, which were counted. */
  public int chosenByBytes() {
    return cheapest(i -> choices.get(i) / choiceBytes.get(i));
  }

  /** As {@link #rightByCharacters()}, with UTF-8 bytes. */
  public Optional<Boolean> rightByBytes() {
    return choiceBytes.isEmpty() ? Optional.empty() : Optional.of(chosenByBytes() == label);
  }

  /** As {@link #right()}, without the question. Empty also where that was not asked. */
  public Optional<Boolean> rightUnasked() {
    return unasked.isEmpty() ? Optional.empty() : Optional.of(cheapest(unasked::get) == label);
  }

  private int cheapest(IntToDoubleFunction cost) {
    int cheapest = 0;
    for (int i = 1; i < choices.size(); i++) {
      if (cost.applyAsDouble(i) < cost.applyAsDouble(cheapest)) {
        cheapest = i;
      }
    }
    return cheapest;
  }
}
