package dev.kedge.tensors;

import java.io.IOException;

/** The difference between a fine-tuned model and its base. */
record TaskVector(Recipe base, Recipe tuned) {
  /** One tensor of it. */
  Mixture at(Derivation tensor) throws IOException {
    return tuned.at(tensor).minus(base.at(tensor));
  }
}
