package dev.kedge.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StoredObject;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.WatchExperimentResponse;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private static final String KEY = "b".repeat(64);
  private static final Timestamp LONG_AGO = Timestamps.fromSeconds(1_764_414_180);

  private final NavigableMap<String, byte[]> objects = new TreeMap<>();
  private final List<String> told = new ArrayList<>();
  private int looks;
  private ProjectStore store;
  private Watch watch;

  @BeforeEach
  void aWatch(@TempDir Path folder) {
    store = new ProjectStore(counting(), "p", new BlobCache(folder, 1));
    watch = new Watch(store, WatchCursor.parse(""), this::hear);
  }

  private void hear(WatchExperimentResponse news) {
    if (news.hasLog()) {
      told.add(news.getLog().getText());
    }
  }

  @Test
  void theLogOfAParkedStageIsReadOnceToItsEndAndAgainWhenItIsParkedAnew() {
    say(0, 1);
    Stage parked = stage(Stage.State.PARKED, LONG_AGO);
    assertThat(watch.tell(of(parked))).isFalse();
    assertThat(told).containsExactly("0");
    int before = looks;
    watch.tell(of(parked));
    watch.tell(of(parked));
    assertThat(looks - before).as("reads of what does not change").isZero();

    say(1, 2);
    watch.tell(of(stage(Stage.State.PARKED, Timestamps.add(LONG_AGO, seconds(60)))));
    assertThat(told).containsExactly("0", "1");
  }

  @Test
  void whatAStageSaysInTheMomentsAfterItWasParkedIsTold() {
    Stage parked = stage(Stage.State.PARKED, Timestamps.now());
    watch.tell(of(parked));
    say(0, 1);
    watch.tell(of(parked));
    assertThat(told).containsExactly("0");
  }

  @Test
  void aLongLogIsToldToItsEndThoughItEndedLongAgo() {
    say(0, 450);
    Experiment cancelled = of(stage(Stage.State.CANCELLED, LONG_AGO));
    Experiment over = cancelled.toBuilder().setState(Experiment.State.CANCELLED).build();
    int times = 0;
    while (!watch.tell(over)) {
      times++;
    }
    assertThat(told).hasSize(450);
    assertThat(times).isEqualTo(2);
  }

  private static com.google.protobuf.Duration seconds(long seconds) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build();
  }

  private void say(int from, int to) {
    for (int i = from; i < to; i++) {
      JsonNode log = JsonNodeFactory.instance.objectNode().put("text", Integer.toString(i));
      store.events(KEY).append(1, i, JsonNodeFactory.instance.objectNode().set("log", log));
    }
  }

  private static Stage stage(Stage.State state, Timestamp end) {
    return Stage.newBuilder().setId("s").setKey(KEY).setState(state).setEndTime(end).build();
  }

  private static Experiment of(Stage stage) {
    return Experiment.newBuilder().setState(Experiment.State.RUNNING).addStages(stage).build();
  }

  /** Holds logs, and counts how often one is asked for. */
  private ObjectStore counting() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "put" -> {
                    objects.put((String) args[0], (byte[]) args[1]);
                    yield "1";
                  }
                  case "get" -> new StoredObject(objects.get(args[0]), "1");
                  case "list" -> list((String) args[0], (String) args[1], (Integer) args[2]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private List<ObjectInfo> list(String prefix, String after, int limit) {
    looks++;
    return objects.tailMap(after, false).keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .limit(limit)
        .map(key -> new ObjectInfo(key, 1, "1", Instant.EPOCH))
        .toList();
  }
}
