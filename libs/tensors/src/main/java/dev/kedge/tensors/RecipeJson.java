package dev.kedge.tensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

/** The mapping of recipes from and to JSON. */
final class RecipeJson {
  /** Recipes of recipes; a weighted sum in another takes four levels. */
  private static final int DEPTH_LIMIT = 64;

  private static final ObjectMapper JSON =
      StrictJson.mapper(DEPTH_LIMIT).setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private RecipeJson() {}

  static Recipe read(String json) {
    try {
      Recipe recipe =
          JSON.readerFor(Recipe.class)
              .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readValue(json);
      if (recipe == null) {
        throw new IllegalArgumentException("not a recipe: null");
      }
      return recipe;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a recipe: " + e.getOriginalMessage(), e);
    }
  }

  static String write(Recipe recipe) {
    try {
      return JSON.writerFor(Recipe.class).writeValueAsString(recipe);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a recipe always has a JSON form", e);
    }
  }
}
