package dev.kedge.plan;

import dev.kedge.v1.Task;

/** Everything trains, nothing protects: for every task. */
final class FullPart extends MethodPart {
  FullPart() {
    super("full");
  }

  @Override
  boolean isProcedure() {
    return true;
  }

  @Override
  boolean goesWith(Task task) {
    return true;
  }
}
