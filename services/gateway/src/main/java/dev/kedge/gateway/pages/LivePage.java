package dev.kedge.gateway.pages;

import java.util.Map;

/** A page that is kept up to date. Not for several threads at once. */
interface LivePage {
  /**
   * Looks again.
   *
   * @return what is in those parts of the page that change, by their ids
   */
  Map<String, String> look();

  /** Whether, as of the last look, nothing more will happen. */
  boolean isOver();
}
