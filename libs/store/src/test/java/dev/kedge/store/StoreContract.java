package dev.kedge.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold on every S3 service Kedge runs on; each test has a project of its own. */
@ParameterizedClass
@EnumSource(Backend.class)
abstract class StoreContract {
  static final String STAGE = "stage-1";

  /** Opened once for all tests of this JVM. */
  private static final Map<Backend, ObjectStore> OPENED = new EnumMap<>(Backend.class);

  @Parameter Backend backend;

  @TempDir Path temp;

  final String projectName = UUID.randomUUID().toString();
  ObjectStore objects;
  ProjectStore project;

  @BeforeEach
  void openStore() {
    objects = OPENED.computeIfAbsent(backend, here -> ObjectStore.open(here.settings()));
    project = new ProjectStore(objects, projectName, cache("cache"));
  }

  BlobCache cache(String name) {
    return new BlobCache(temp.resolve(name), 1L << 30);
  }

  /** Where the project's store keeps files on their way. */
  Path scratch() {
    return temp.resolve("cache/scratch/process-" + ProcessHandle.current().pid());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Flips one bit of a stored object, as a failing disk would. */
  void spoil(String key) {
    byte[] content = objects.get(key).bytes().clone();
    content[content.length / 2] ^= 1;
    objects.put(key, content, Condition.ALWAYS);
  }

  /** Key of the object of this test's project that ends so. */
  String keyEnding(String suffix) {
    return objects.list("projects/" + projectName + "/", "", 1000).stream()
        .map(ObjectInfo::key)
        .filter(key -> key.endsWith(suffix))
        .findFirst()
        .orElseThrow();
  }
}
