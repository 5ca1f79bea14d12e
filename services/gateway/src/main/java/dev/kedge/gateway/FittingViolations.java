package dev.kedge.gateway;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.kedge.process.HeaderText;
import java.util.List;

/**
 * What is wrong with a request's fields, as far as it fits into an answer. A status travels in
 * headers, of which gRPC clients take 8 KiB, and in them every byte may become three.
 *
 * @param all what is wrong
 */
record FittingViolations(List<FieldViolation> all) {
  /** Bytes of a status' message. */
  static final int LONGEST_MESSAGE = 600;

  private static final int LONGEST_FIELD = 150;
  private static final int LONGEST_DESCRIPTION = 400;
  private static final int ROOM = 3000;

  /** As many as there is room for, and the number of the others. */
  BadRequest message() {
    BadRequest.Builder fitting = BadRequest.newBuilder();
    int room = ROOM;
    for (FieldViolation each : all) {
      FieldViolation shortened =
          Refusal.violation(
              HeaderText.shortened(each.getField(), LONGEST_FIELD),
              HeaderText.shortened(each.getDescription(), LONGEST_DESCRIPTION));
      room -= shortened.getSerializedSize();
      if (room < 0) {
        int others = all.size() - fitting.getFieldViolationsCount();
        return fitting
            .addFieldViolations(
                Refusal.violation("", "and %d more: mend these first".formatted(others)))
            .build();
      }
      fitting.addFieldViolations(shortened);
    }
    return fitting.build();
  }
}
