package dev.kedge.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A gateway that takes few calls of each caller. */
public final class FewCalls implements QuarkusTestResourceLifecycleManager {
  /** What a caller may do at once. */
  public static final int BURST = 20;

  @Override
  public Map<String, String> start() {
    return Map.of("kedge.calls.per-second", "1", "kedge.calls.burst", Integer.toString(BURST));
  }

  @Override
  public void stop() {
    // Nothing was begun.
  }
}
