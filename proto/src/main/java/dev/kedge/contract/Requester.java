package dev.kedge.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code experiments/E/stages/S}: who asks for a stage, as whoever meets its lease reads it.
 * Callers of the stage API alone may have names of any other form.
 *
 * @param experiment the experiment's id
 * @param stage the stage's id within it
 */
public record Requester(String experiment, String stage) {
  private static final Pattern FORM = Pattern.compile("experiments/([^/]+)/stages/([^/]+)");

  /** Reads a requester; empty where it is not a stage of an experiment. */
  public static Optional<Requester> parse(String name) {
    Matcher matcher = FORM.matcher(name);
    return matcher.matches()
        ? Optional.of(new Requester(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "experiments/%s/stages/%s".formatted(experiment, stage);
  }
}
