package dev.kedge.evaluation.instructions;

/** How one kind of instruction is checked. */
@FunctionalInterface
interface Check {
  /**
   * Whether a text follows the instruction.
   *
   * @param text what was written, with something else than white space in it
   * @throws IllegalArgumentException if the instruction lacks an argument
   */
  boolean of(String text, Arguments arguments);
}
