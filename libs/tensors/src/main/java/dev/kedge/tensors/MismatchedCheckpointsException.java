package dev.kedge.tensors;

import java.util.List;

/** Checkpoints that a recipe combines do not hold the same tensors. */
public final class MismatchedCheckpointsException extends UnusableTensorsException {
  private static final int SHOWN = 5;

  private final List<String> mismatches;

  MismatchedCheckpointsException(List<String> mismatches) {
    super(message(mismatches), null);
    this.mismatches = List.copyOf(mismatches);
  }

  /** Every difference, one sentence each. */
  public List<String> mismatches() {
    return mismatches;
  }

  private static String message(List<String> mismatches) {
    String shown = String.join("; ", mismatches.subList(0, Math.min(SHOWN, mismatches.size())));
    String rest = mismatches.size() > SHOWN ? "; and " + (mismatches.size() - SHOWN) + " more" : "";
    return ("the checkpoints do not fit together: %s%s; combine only checkpoints of one base, and"
            + " name the type of the result (`dtype`) where theirs differ")
        .formatted(shown, rest);
  }
}
