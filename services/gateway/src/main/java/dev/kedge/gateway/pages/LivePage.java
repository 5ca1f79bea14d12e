package dev.kedge.gateway.pages;

import java.util.Map;
import java.util.Optional;

/** A page that is kept up to date. Not for several threads at once. */
interface LivePage {
  /**
   * Looks again.
   *
   * @return what is in those parts of the page that change, by their ids
   */
  Map<String, String> look();

  /**
   * What the page is now, in a word that no other time has, once nothing more will happen as of the
   * last look; empty before.
   */
  Optional<String> end();
}
