package dev.kedge.experiment;

import dev.kedge.stage.v1.DescribeResponse;
import io.temporal.activity.ActivityInterface;

/** What a worker tells of the stage service beside it. */
@ActivityInterface
public interface ServiceActivities {
  /** The type of the failure where the service does not answer; the message says how. */
  String UNREACHABLE = "SERVICE_UNREACHABLE";

  /** Asks the service who it is. */
  DescribeResponse describeService();
}
