package dev.kedge.experiment;

import java.util.List;

/**
 * Where a project's permits are.
 *
 * @param limit how many there are
 * @param held who has one
 * @param waiting who asked for one, in their order
 */
public record Permits(int limit, List<Permit> held, List<Permit> waiting) {
  /** Of a project that nobody has asked for. */
  static final Permits NONE = new Permits(0, List.of(), List.of());
}
