package dev.kedge.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProbeTest {
  @TempDir private Path folder;
  private final List<Object> deleted = new ArrayList<>();
  private EmbeddedS3 s3;
  private ObjectStore objects;

  @BeforeEach
  void start() {
    s3 = EmbeddedS3.start(folder);
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
  }

  @AfterEach
  void stop() throws Exception {
    objects.close();
    s3.close();
  }

  @Test
  void aStoreThatIsWellIsLeftAsItWas() {
    StoreProbe.run(objects);

    assertThat(objects.list("", "", 10)).isEmpty();
  }

  @Test
  void whatIsFoundIsToldAlsoWhereNothingCanBeDeletedAfterwards() {
    var unreachable = new StoreException.Unavailable("no list", null);
    var forbidden = new StoreException.Refused("no delete", null);

    assertThatThrownBy(
            () -> StoreProbe.run(failing(Map.of("list", unreachable, "delete", forbidden))))
        .isSameAs(unreachable)
        .hasSuppressedException(forbidden);
    assertThat(deleted).as("tried").hasSize(2);
  }

  @Test
  void thatNothingCanBeDeletedIsAFindingToo() {
    var forbidden = new StoreException.Refused("no delete", null);

    assertThatThrownBy(() -> StoreProbe.run(failing(Map.of("delete", forbidden))))
        .isSameAs(forbidden);
  }

  /** The store, some of whose methods fail. */
  private ObjectStore failing(Map<String, StoreException> failures) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (self, method, arguments) -> {
              if (method.getName().equals("delete")) {
                deleted.add(arguments[0]);
              }
              if (failures.containsKey(method.getName())) {
                throw failures.get(method.getName());
              }
              try {
                return method.invoke(objects, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
