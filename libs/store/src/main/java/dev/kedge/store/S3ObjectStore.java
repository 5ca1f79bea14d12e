package dev.kedge.store;

import io.minio.BucketExistsArgs;
import io.minio.CopyObjectArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.SourceObject;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/** The object store over the MinIO client. */
final class S3ObjectStore implements ObjectStore {
  private static final long CONNECT_MILLIS = 10_000;
  private static final long TRANSFER_MILLIS = 60_000;

  /** S3 takes at most this many parts. */
  private static final long MAX_PARTS = 10_000;

  private static final long MIN_PART_BYTES = 8L << 20;

  private final MinioClient client;
  private final String bucket;
  private final S3Failure failure;

  private S3ObjectStore(MinioClient client, S3Settings settings) {
    this.client = client;
    this.bucket = settings.bucket();
    this.failure = new S3Failure(settings.endpoint());
  }

  /**
   * Connects, and makes the bucket if there is none.
   *
   * @param authority who is believed in place of those that the JDK knows
   */
  static S3ObjectStore connect(S3Settings settings, Optional<X509TrustManager> authority) {
    MinioClient.Builder builder =
        MinioClient.builder()
            .endpoint(settings.endpoint().toString())
            .credentials(settings.accessKey(), settings.secretKey())
            .region(settings.region());
    authority.ifPresent(known -> builder.httpClient(PrivateAuthority.client(known), true));
    MinioClient client = builder.build();
    client.setTimeout(CONNECT_MILLIS, TRANSFER_MILLIS, TRANSFER_MILLIS);
    S3ObjectStore store = new S3ObjectStore(client, settings);
    store.makeBucketIfMissing();
    return store;
  }

  /** Several processes may come up at once: the bucket is there whoever makes it. */
  private void makeBucketIfMissing() {
    if (!bucketExists()) {
      try {
        makeBucket();
      } catch (StoreException crossed) {
        if (!bucketExists()) {
          throw crossed;
        }
      }
    }
  }

  private boolean bucketExists() {
    return asking(
        "find bucket " + bucket,
        () -> client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()));
  }

  private void makeBucket() {
    asking(
        "make bucket " + bucket,
        () -> {
          client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
          return null;
        });
  }

  @Override
  public String put(String key, byte[] bytes, Condition condition) {
    PutObjectArgs args =
        PutObjectArgs.builder()
            .bucket(bucket)
            .object(key)
            .data(bytes, bytes.length)
            .extraHeaders(condition.headers())
            .build();
    String request = "write " + bucket + "/" + key + " under condition " + condition;
    try {
      return asking(request, () -> unquoted(client.putObject(args).etag()));
    } catch (StoreException.NotFound gone) {
      throw new StoreException.ConditionFailed(gone.getMessage(), gone);
    }
  }

  @Override
  public void put(String key, InputStream content, long size) {
    PutObjectArgs args =
        PutObjectArgs.builder().bucket(bucket).object(key).stream(content, size, partBytes(size))
            .build();
    asking("write " + bucket + "/" + key, () -> client.putObject(args));
  }

  private static long partBytes(long size) {
    return Math.max(MIN_PART_BYTES, (size + MAX_PARTS - 1) / MAX_PARTS);
  }

  @Override
  public StoredObject get(String key) {
    String request = "read " + bucket + "/" + key;
    return asking(request, () -> read(key, GetObjectArgs.builder().bucket(bucket).object(key)));
  }

  private StoredObject read(String key, GetObjectArgs.Builder args)
      throws MinioException, IOException {
    try (GetObjectResponse response = client.getObject(args.build())) {
      byte[] bytes = response.readNBytes(MAX_DOCUMENT_BYTES + 1);
      if (bytes.length > MAX_DOCUMENT_BYTES) {
        throw new StoreException.Corrupt(
            key + " should be a small document but has over " + MAX_DOCUMENT_BYTES + " bytes");
      }
      return new StoredObject(bytes, unquoted(response.headers().get("ETag")));
    }
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    GetObjectArgs args =
        GetObjectArgs.builder().bucket(bucket).object(key).offset(offset).length(length).build();
    return asking("read " + bucket + "/" + key, () -> client.getObject(args));
  }

  @Override
  public void copy(String from, String to) {
    SourceObject source = SourceObject.builder().bucket(bucket).object(from).build();
    CopyObjectArgs args = CopyObjectArgs.builder().bucket(bucket).object(to).source(source).build();
    asking("copy " + bucket + "/" + from + " to " + to, () -> client.copyObject(args));
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    StatObjectArgs args = StatObjectArgs.builder().bucket(bucket).object(key).build();
    try {
      StatObjectResponse stat =
          asking("look at " + bucket + "/" + key, () -> client.statObject(args));
      return Optional.of(
          new ObjectInfo(key, stat.size(), unquoted(stat.etag()), stat.lastModified().toInstant()));
    } catch (StoreException.NotFound absent) {
      return Optional.empty();
    }
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    ListObjectsArgs args =
        ListObjectsArgs.builder()
            .bucket(bucket)
            .prefix(prefix)
            .startAfter(after)
            .maxKeys(Math.min(limit, 1000))
            .recursive(true)
            .build();
    return asking("list " + bucket + "/" + prefix, () -> upTo(limit, client.listObjects(args)));
  }

  @Override
  public FolderContents folder(String folder) {
    ListObjectsArgs args =
        ListObjectsArgs.builder().bucket(bucket).prefix(folder).recursive(false).build();
    return asking("list " + bucket + "/" + folder, () -> contents(client.listObjects(args)));
  }

  private static FolderContents contents(Iterable<Result<Item>> items) throws MinioException {
    List<ObjectInfo> objects = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    for (Result<Item> result : items) {
      Item item = result.get();
      if (item.isDir()) {
        folders.add(item.objectName());
      } else {
        objects.add(info(item));
      }
    }
    return new FolderContents(objects, folders);
  }

  private static ObjectInfo info(Item item) {
    return new ObjectInfo(
        item.objectName(), item.size(), unquoted(item.etag()), item.lastModified().toInstant());
  }

  private static List<ObjectInfo> upTo(int limit, Iterable<Result<Item>> items)
      throws MinioException {
    List<ObjectInfo> found = new ArrayList<>();
    for (Result<Item> result : items) {
      if (found.size() == limit) {
        break;
      }
      found.add(info(result.get()));
    }
    return found;
  }

  @Override
  public void delete(String key) {
    RemoveObjectArgs args = RemoveObjectArgs.builder().bucket(bucket).object(key).build();
    asking(
        "delete " + bucket + "/" + key,
        () -> {
          client.removeObject(args);
          return null;
        });
  }

  @Override
  public void close() {
    asking(
        "close the connection",
        () -> {
          client.close();
          return null;
        });
  }

  private interface Request<T> {
    T send() throws Exception;
  }

  private <T> T asking(String what, Request<T> request) {
    try {
      return request.send();
    } catch (Exception e) {
      throw failure.of(what, e);
    }
  }

  private static String unquoted(String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
