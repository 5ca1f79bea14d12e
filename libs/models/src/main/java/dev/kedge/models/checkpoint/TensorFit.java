package dev.kedge.models.checkpoint;

import dev.kedge.tensors.TensorSource;
import dev.kedge.tensors.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Whether stored tensors are those an architecture needs. */
public final class TensorFit {
  private static final int SHOWN = 5;

  private TensorFit() {}

  /**
   * Checks every tensor.
   *
   * @param shapes what there must be, no more and no less
   * @param place where the tensors are, for the message
   * @throws IllegalArgumentException listing the first few of all that is missing, misshapen or too
   *     much
   */
  public static void require(Map<String, long[]> shapes, TensorSource source, String place) {
    List<String> problems = new ArrayList<>();
    shapes.forEach((name, shape) -> addProblem(problems, name, shape, source.specs().get(name)));
    for (String name : source.specs().keySet()) {
      // Old files store the constant 0, 1, 2, …
      if (!shapes.containsKey(name) && !name.endsWith(".position_ids")) {
        problems.add(name + " does not belong to the architecture");
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(message(problems, place));
    }
  }

  private static void addProblem(
      List<String> problems, String name, long[] shape, TensorSpec found) {
    if (found == null) {
      problems.add(name + " is missing");
    } else if (!Arrays.equals(found.dimensions(), shape)) {
      problems.add(name + " has shape " + found.shape() + ", not " + Arrays.toString(shape));
    } else if (!found.dtype().floating()) {
      problems.add(name + " holds " + found.dtype() + ", not floating numbers");
    }
  }

  private static String message(List<String> problems, String place) {
    String shown = String.join("; ", problems.subList(0, Math.min(SHOWN, problems.size())));
    String rest = problems.size() > SHOWN ? "; and " + (problems.size() - SHOWN) + " more" : "";
    return place + " does not fit its config.json: " + shown + rest;
  }
}
