package dev.kedge.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;

/**
 * What a language model wrote after one prompt.
 *
 * @param sample the record's id in its data set
 * @param written what it wrote, up to the first stop
 * @param wanted what was asked for
 * @param right whether the two match, or all instructions are followed
 * @param instructions one by one, where the record has some; else empty
 */
public record WrittenPrediction(
    String sample,
    String written,
    String wanted,
    boolean right,
    @JsonInclude(Include.NON_EMPTY) List<Followed> instructions)
    implements Prediction {

  /** Copies. */
  public WrittenPrediction {
    instructions = instructions == null ? List.of() : List.copyOf(instructions);
  }

  /** Without instructions. */
  public WrittenPrediction(String sample, String written, String wanted, boolean right) {
    this(sample, written, wanted, right, List.of());
  }

  /**
   * Whether one instruction is followed.
   *
   * @param id its name in IFEval
   * @param loosely whether it is, or is once the first line, the last line or the asterisks are
   *     taken away
   */
  public record Followed(String id, boolean strictly, boolean loosely) {}
}
