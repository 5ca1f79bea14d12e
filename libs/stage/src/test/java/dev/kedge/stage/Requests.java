package dev.kedge.stage;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageSpec;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests for stages that nobody has asked for before. */
final class Requests {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Requests() {}

  static RunRequest fresh() {
    StageSpec spec =
        StageSpec.newBuilder()
            .setPrepare(
                PrepareSpec.newBuilder()
                    .setSource(Input.newBuilder().setArtifact("sha256:" + "0".repeat(64)))
                    .setMaxQuarantinedFraction(COUNT.incrementAndGet()))
            .build();
    return RunRequest.newBuilder()
        .setProject("default")
        .setSpec(spec)
        .setKey(StageKey.of(spec))
        .setRequester("experiments/a/stages/s")
        .build();
  }
}
