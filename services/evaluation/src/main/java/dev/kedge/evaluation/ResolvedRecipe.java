package dev.kedge.evaluation;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.tensors.Recipe;

/** The contract's recipes as the tensors' own. */
final class ResolvedRecipe {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().preservingProtoFieldNames().alwaysPrintFieldsWithNoPresence();

  private ResolvedRecipe() {}

  /**
   * A recipe all of whose checkpoints are artifacts.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Recipe of(dev.kedge.stage.v1.Recipe recipe) {
    try {
      return Recipe.fromJson(PRINTER.print(recipe));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a recipe: " + e.getMessage(), e);
    }
  }
}
