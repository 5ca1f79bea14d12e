package dev.kedge.gateway.system;

import dev.kedge.process.FreeSpace;
import dev.kedge.process.S3Config;
import dev.kedge.store.ConditionalWriteProbe;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.StoreException;
import dev.kedge.v1.SystemCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** The object store, and the disk with this node's copies. */
@ApplicationScoped
class StoreChecks {
  private static final Logger LOG = Logger.getLogger(StoreChecks.class);
  private static final String STORE = "store";

  private final ObjectStore objects;
  private final S3Config config;

  StoreChecks(ObjectStore objects, S3Config config) {
    this.objects = objects;
    this.config = config;
  }

  List<SystemCheck> all() {
    Path cache = config.cacheDirectory().orElse(Path.of(System.getProperty("java.io.tmpdir")));
    SystemCheck disk = Space.check("disk of the gateway", FreeSpace.at(cache));
    try {
      Duration ahead = StoreProbe.run(objects);
      return List.of(
          conditionalWrites(),
          Clocks.check("clock of the store", "the store's clock", ahead),
          disk);
    } catch (StoreException failed) {
      LOG.warn("the store is in trouble", failed);
      return List.of(trouble(failed), disk);
    }
  }

  /** Looked at once all else may be done: what is refused now is refused for this alone. */
  private SystemCheck conditionalWrites() {
    try {
      ConditionalWriteProbe.require(objects);
      return Findings.ok(
          STORE,
          "bucket `%s` is written, read, listed and deleted in, and keeps conditional writes"
              .formatted(config.bucket()));
    } catch (StoreException.Refused careless) {
      return Findings.trouble(
          STORE, careless.getMessage(), "let nothing run on it until it is another");
    }
  }

  private SystemCheck trouble(StoreException failed) {
    if (failed instanceof StoreException.Unavailable) {
      return Findings.trouble(
          STORE,
          "the store does not answer at its address",
          "start it, or set KEDGE_S3_ENDPOINT to where it is");
    }
    if (failed instanceof StoreException.Full) {
      return Findings.trouble(STORE, "the store is full", "make room in it");
    }
    return Findings.trouble(
        STORE,
        String.valueOf(failed.getMessage()),
        "give the key of KEDGE_S3_ACCESS_KEY the right to get, put, delete and list in bucket `%s`"
            .formatted(config.bucket()));
  }
}
