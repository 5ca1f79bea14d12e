package dev.kedge.contract;

/** What a search leaves: an artifact of one kind, with the recipe and everything that was tried. */
public final class SearchArtifact {
  /** The artifact's kind. */
  public static final String KIND = "recipe";

  /** The file of the recipe that was found. */
  public static final String RECIPE = "recipe.json";

  /** The file of what was tried. */
  public static final String SEARCH = "search.json";

  private SearchArtifact() {}
}
