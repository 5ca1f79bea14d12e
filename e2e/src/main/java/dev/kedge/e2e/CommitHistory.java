package dev.kedge.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.SetBucketVersioningArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.minio.messages.VersioningConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every version of every committed result. The store itself keeps them, so that a result which was
 * replaced or deleted is known of, whoever looked at that moment.
 */
final class CommitHistory {
  /** What is written again and again by design; its versions would fill the disk. */
  private static final List<String> NOT_KEPT =
      List.of(
          "projects/*/artifacts/",
          "projects/*/blobs/",
          "projects/*/experiments/",
          "projects/*/garbage/",
          "projects/*/operations/",
          "projects/*/requests/",
          "projects/*/stages/*/events/",
          "projects/*/stages/*/lease.json",
          "projects/*/stages/*/parts/",
          "projects/*/stages/*/progress/");

  private final MinioClient client;
  private final String bucket;

  /**
   * A version of a result.
   *
   * @param isRemoval whether it says that there is none any more
   */
  record Version(String key, boolean isRemoval) {}

  /** Of a bucket, whose store is reached without the links. */
  CommitHistory(MinioClient client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** The store keeps versions from now on. */
  void keep() throws MinioException {
    client.setBucketVersioning(
        SetBucketVersioningArgs.builder()
            .bucket(bucket)
            .config(
                new VersioningConfiguration(
                    VersioningConfiguration.Status.ENABLED,
                    null,
                    NOT_KEPT.stream().map(VersioningConfiguration.Prefix::new).toList(),
                    false))
            .build());
  }

  /** All versions of a project's results. */
  List<Version> of(String project) throws MinioException {
    List<Version> versions = new ArrayList<>();
    for (Result<Item> one :
        client.listObjects(
            ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix("projects/%s/stages/".formatted(project))
                .recursive(true)
                .includeVersions(true)
                .build())) {
      Item item = one.get();
      if (item.objectName().endsWith(CommittedResult.FILE)) {
        versions.add(new Version(item.objectName(), item.isDeleteMarker()));
      }
    }
    return versions;
  }

  /** Results that were made or removed more often than they were hurt. */
  static List<String> wrong(List<Version> versions, Damage damage) {
    Map<String, List<Version>> byKey =
        versions.stream().collect(groupingBy(Version::key, TreeMap::new, toList()));
    return byKey.entrySet().stream()
        .flatMap(one -> wrong(one.getKey(), one.getValue(), damage))
        .toList();
  }

  private static Stream<String> wrong(String key, List<Version> versions, Damage damage) {
    long removed = versions.stream().filter(Version::isRemoval).count();
    long written = versions.size() - removed;
    long dropped = damage.times(key, Fault.Kind.DROP_RESULT);
    long spoilt = damage.times(key, Fault.Kind.SPOIL_RESULT);
    List<String> wrong = new ArrayList<>();
    // What is spoilt is written once by who spoils it, and once by who makes it again.
    long expected = 1 + dropped + 2 * spoilt;
    if (written != expected) {
      wrong.add(
          "%s was written %d times, and should have been %d times"
              .formatted(key, written, expected));
    }
    if (removed != dropped) {
      wrong.add("%s was deleted %d times, and %d times by us".formatted(key, removed, dropped));
    }
    return wrong.stream();
  }
}
