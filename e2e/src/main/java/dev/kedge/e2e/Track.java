package dev.kedge.e2e;

import java.util.List;

/**
 * A way from a base to an answer: the experiment files {@code NAME-base.yaml} and {@code
 * NAME.yaml}.
 *
 * @param more arguments of the launch of the second
 */
record Track(String name, List<String> more) {
  /** As its files have it. */
  Track(String name) {
    this(name, List.of());
  }

  /** The title of the experiment that makes its base. */
  String base() {
    return name + "-base";
  }
}
