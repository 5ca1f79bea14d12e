package dev.kedge.gateway.experiments;

import dev.kedge.gateway.Refusal;
import dev.kedge.v1.Experiment;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filter {@code state = STATE}.
 *
 * @param state the wanted state; empty for all
 */
record StateFilter(Optional<Experiment.State> state) {
  private static final Pattern FORM = Pattern.compile("\\s*state\\s*=\\s*\"?([A-Z]+)\"?\\s*");

  static StateFilter parse(String filter) {
    if (filter.isBlank()) {
      return new StateFilter(Optional.empty());
    }
    Matcher matcher = FORM.matcher(filter);
    return Optional.of(matcher)
        .filter(Matcher::matches)
        .flatMap(match -> named(match.group(1)))
        .map(state -> new StateFilter(Optional.of(state)))
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "FILTER_INVALID",
                    "filter",
                    "`%s` is no filter: write for example state = ATTENTION".formatted(filter)));
  }

  boolean accepts(Experiment experiment) {
    return state.isEmpty() || state.get() == experiment.getState();
  }

  private static Optional<Experiment.State> named(String name) {
    return Arrays.stream(Experiment.State.values())
        .filter(state -> state.name().equals(name))
        .findFirst();
  }
}
