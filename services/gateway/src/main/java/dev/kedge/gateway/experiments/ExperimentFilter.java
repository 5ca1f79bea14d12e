package dev.kedge.gateway.experiments;

import dev.kedge.gateway.Refusal;
import dev.kedge.v1.Experiment;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters {@code state = STATE} and {@code title = "TITLE"}; an empty one takes all. */
final class ExperimentFilter {
  private static final Pattern STATE = Pattern.compile("\\s*state\\s*=\\s*\"?([A-Z]+)\"?\\s*");
  private static final Pattern TITLE =
      Pattern.compile("\\s*title\\s*=\\s*\"((?:[^\"\\\\]|\\\\[\"\\\\])*+)\"\\s*", Pattern.DOTALL);
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private ExperimentFilter() {}

  static Predicate<Experiment> parse(String filter) {
    if (filter.isBlank()) {
      return experiment -> true;
    }
    return ofState(filter)
        .or(() -> ofTitle(filter))
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "FILTER_INVALID",
                    "filter",
                    "`%s` is no filter: write for example state = ATTENTION or title = \"photos\""
                        .formatted(filter)));
  }

  private static Optional<Predicate<Experiment>> ofState(String filter) {
    return match(STATE, filter)
        .flatMap(ExperimentFilter::state)
        .map(state -> experiment -> experiment.getState() == state);
  }

  private static Optional<Experiment.State> state(String name) {
    return Arrays.stream(Experiment.State.values())
        .filter(state -> state.name().equals(name))
        .findFirst();
  }

  private static Optional<Predicate<Experiment>> ofTitle(String filter) {
    return match(TITLE, filter)
        .map(quoted -> ESCAPED.matcher(quoted).replaceAll("$1"))
        .map(title -> experiment -> experiment.getDisplayName().equals(title));
  }

  private static Optional<String> match(Pattern form, String filter) {
    Matcher matcher = form.matcher(filter);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
