package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;

/**
 * One training run: a method at one point of its grid, with one seed.
 *
 * @param method the method's id in the file
 * @param id the run's id: the method's, and what varies
 * @param label the same without the seed, for people
 * @param spec the method with one value for every parameter
 * @param optimisation how it is trained
 */
record Run(String method, String id, String label, MethodSpec spec, Optimisation optimisation) {
  long seed() {
    return optimisation.getSeed();
  }
}
