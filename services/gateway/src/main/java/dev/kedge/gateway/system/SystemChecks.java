package dev.kedge.gateway.system;

import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.CheckSystemResponse;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Everything that the platform stands on. */
@ApplicationScoped
public class SystemChecks {
  private final StoreChecks store;
  private final WorkChecks work;
  private final String version;

  SystemChecks(
      StoreChecks store,
      WorkChecks work,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.store = store;
    this.work = work;
    this.version = version;
  }

  /** Looks at all of it now. */
  public CheckSystemResponse all() {
    return CheckSystemResponse.newBuilder()
        .addAllChecks(store.all())
        .addAllChecks(work.all())
        .setVersion(version)
        .setTime(Timestamps.now())
        .build();
  }
}
