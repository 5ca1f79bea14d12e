package dev.kedge.tensors;

import java.io.IOException;

/**
 * A part of a recipe that is no weighted sum, computed element by element. Its name is made from
 * its fields, so it is a record of numbers and mixtures.
 */
interface Step {
  /** Fills {@code into[0…at.count())}; what {@code at} gives is only read. */
  void compute(Evaluation at, float[] into) throws IOException;
}
