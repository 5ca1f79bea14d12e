package dev.kedge.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Ratios that were tried.
 *
 * @param pass how many passes over the data led to them
 * @param ratios the fine-tuned model's share in each block
 * @param loss over all of the data
 */
record RatioLook(int pass, List<Double> ratios, double loss) {
  /** Of the ratios; below ρ where one of them is held at 1. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  double mean() {
    return ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
