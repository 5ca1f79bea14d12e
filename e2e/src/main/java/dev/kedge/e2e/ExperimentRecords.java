package dev.kedge.e2e;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import dev.kedge.v1.Experiment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The records of a project's experiments, as they lie in the store. */
final class ExperimentRecords {
  private static final int MOST = 1_000;

  private ExperimentRecords() {}

  static List<Experiment> of(ObjectStore store, String project) {
    return store.list("projects/%s/experiments/".formatted(project), "", MOST).stream()
        .map(object -> parsed(object.key(), store.get(object.key()).bytes()))
        .toList();
  }

  private static Experiment parsed(String key, byte[] json) {
    Experiment.Builder experiment = Experiment.newBuilder();
    try {
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(json, StandardCharsets.UTF_8), experiment);
    } catch (InvalidProtocolBufferException broken) {
      throw new StoreException.Corrupt(key + " is no experiment", broken);
    }
    return experiment.build();
  }
}
