package dev.kedge.evaluation.instructions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.data.text.TextRecord;
import dev.kedge.report.WrittenPrediction.Followed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All instructions of a record, in IFEval's fields.
 *
 * @param record the record's id
 */
public record Instructions(String record, List<Instruction> all) {
  private static final String IDS = "instruction_id_list";
  private static final String ARGUMENTS = "kwargs";

  /**
   * Those of a record.
   *
   * @throws IllegalArgumentException naming the record that has none, or not the arguments of each
   */
  public static Instructions of(TextRecord record) {
    JsonNode ids = record.fields().path(IDS);
    JsonNode arguments = record.fields().path(ARGUMENTS);
    if (!ids.isArray() || ids.isEmpty() || arguments.size() != ids.size()) {
      throw new IllegalArgumentException(
          "record %s: its `%s` %s and its `%s` %s should be lists of equal length, one element for each instruction"
              .formatted(record.id(), IDS, ids, ARGUMENTS, arguments));
    }
    List<Instruction> all = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      all.add(new Instruction(ids.get(i).asText(), new Arguments(arguments.get(i))));
    }
    return new Instructions(record.id(), List.copyOf(all));
  }

  /** Whether all of them can be checked. */
  public boolean areKnown() {
    return all.stream().allMatch(Instruction::isKnown);
  }

  /**
   * Which a text follows.
   *
   * @throws IllegalArgumentException naming the record and the instruction that lacks an argument
   */
  public List<Followed> followedBy(String text) {
    return all.stream().map(one -> followed(one, text)).toList();
  }

  private Followed followed(Instruction one, String text) {
    try {
      return new Followed(one.id(), one.isFollowedBy(text), one.isLooselyFollowedBy(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "record %s, %s: %s".formatted(record, one.id(), e.getMessage()), e);
    }
  }

  /** Their names, in one line. */
  public String names() {
    return all.stream().map(Instruction::id).collect(Collectors.joining(", "));
  }
}
