package dev.kedge.gateway.system;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.Refusal;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Everything that the platform stands on. */
@ApplicationScoped
public class SystemChecks {
  /** The subject of what is found of the orchestrator. */
  public static final String ORCHESTRATOR = "orchestrator";

  private final SharedLook<CheckSystemResponse> look;
  private final String version;

  SystemChecks(
      StoreChecks store,
      WorkChecks work,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.look =
        new SharedLook<>(
            () ->
                CheckSystemResponse.newBuilder()
                    .addAllChecks(store.all())
                    .mergeFrom(work.all())
                    .build());
    this.version = version;
  }

  /**
   * Looks at all of it now.
   *
   * @throws Refusal if the asker's clock tells no time
   */
  public CheckSystemResponse all(CheckSystemRequest request) {
    var all = CheckSystemResponse.newBuilder();
    if (request.hasTime()) {
      all.addChecks(Clocks.check("clock", "the asker's clock", ahead(request.getTime())));
    }
    return all.mergeFrom(look.get()).setVersion(version).setTime(Timestamps.now()).build();
  }

  private static Duration ahead(Timestamp theirs) {
    if (!Timestamps.isValid(theirs)) {
      throw Refusal.invalid(
          "TIME_INVALID", "time", "it is no time of the years 1 to 9999: leave it out");
    }
    return Duration.ofMillis(Timestamps.toMillis(theirs) - System.currentTimeMillis());
  }
}
