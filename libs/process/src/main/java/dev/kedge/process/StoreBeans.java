package dev.kedge.process;

import dev.kedge.production.Production;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** The store that the configuration names. Any other bean of the same type goes before these. */
@ApplicationScoped
class StoreBeans {
  /** Probed: a store that ignores conditional writes is refused. */
  @Produces
  @Singleton
  @DefaultBean
  ObjectStore objects(S3Config s3, MeterRegistry registry, Production production) {
    production.check();
    return new MeteredStore(open(s3), registry);
  }

  private static ObjectStore open(S3Config s3) {
    S3Settings settings =
        new S3Settings(s3.endpoint(), s3.bucket(), s3.accessKey(), s3.secretKey(), s3.region());
    if (s3.authority().isEmpty()) {
      return ObjectStore.open(settings);
    }
    if (!"https".equals(s3.endpoint().getScheme())) {
      throw new IllegalStateException(
          "kedge.s3.authority is set, and kedge.s3.endpoint is %s: the connection would be open; write it as https://…, or take the authority away"
              .formatted(s3.endpoint()));
    }
    return ObjectStore.open(settings, StoreAuthority.of(s3.authority().get()));
  }

  void close(@Disposes ObjectStore objects) {
    objects.close();
  }

  @Produces
  @Singleton
  @DefaultBean
  BlobCache cache(S3Config s3) {
    Path directory = s3.cacheDirectory().orElseGet(StoreBeans::temporary);
    return new BlobCache(directory, s3.cacheSize().asLongValue());
  }

  /** No two processes share it by accident. */
  private static Path temporary() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "kedge-cache-" + ProcessHandle.current().pid());
  }
}
