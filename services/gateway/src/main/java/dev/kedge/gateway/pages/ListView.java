package dev.kedge.gateway.pages;

import dev.kedge.v1.Experiment;
import java.util.Arrays;
import java.util.List;

/**
 * A page of a project's experiments.
 *
 * @param path where it is
 * @param state the one that is asked for; empty for all
 * @param after the token that led here; empty for the newest
 * @param unreachable names of those whose records cannot be read
 * @param next the token of the next page; empty on the last
 */
public record ListView(
    String path,
    String state,
    String after,
    List<ExperimentView> experiments,
    List<String> unreachable,
    String next) {
  /** What can be asked for. */
  public List<String> states() {
    return Arrays.stream(Experiment.State.values())
        .filter(state -> state != Experiment.State.STATE_UNSPECIFIED)
        .filter(state -> state != Experiment.State.UNRECOGNIZED)
        .map(Enum::name)
        .toList();
  }

  /** Where two are put side by side. */
  public String comparing() {
    return path.replaceFirst("/experiments$", "/compare");
  }

  /** Whether there are two that can be. */
  public boolean comparable() {
    return experiments.stream().filter(ExperimentView::isReported).count() > 1;
  }

  /** The query of this very page. */
  public String query() {
    return "?state=" + state + "&after=" + after;
  }
}
