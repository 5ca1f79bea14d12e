package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import dev.kedge.v1.Experiment;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/**
 * An experiment's record, which only its workflow changes. A record's version is its {@code
 * update_time}.
 */
@ActivityInterface
public interface RecordActivities {
  /** The type of the failure when somebody else has changed the record, or removed it. */
  String RECORD_TAKEN = "RECORD_TAKEN";

  /** The record, without what the plan tells too and without measurements. */
  Experiment load(String name);

  /**
   * Writes a change: its state, times and {@code update_time}, the stages in it, and further
   * operations. Writing the same change twice writes it once.
   *
   * @param change the record's name and what is new
   * @param seen the {@code update_time} that the change is based on
   */
  void save(Experiment change, Timestamp seen);

  /** Ids of the succeeded stages whose results are not there any more, or not intact. */
  List<String> findLost(String name);
}
