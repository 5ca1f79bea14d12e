package dev.kedge.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 endpoint on loopback that keeps its objects as files of one directory; what is in the
 * directory is served again by the next instance started on it.
 */
public final class EmbeddedS3 implements AutoCloseable {
  /** Largest object accepted in a single request, in bytes; anything larger comes in parts. */
  private static final long MAX_SINGLE_REQUEST = 64L << 20;

  private static final long STOP_TIMEOUT_MILLIS = 500;

  private final S3Proxy proxy;
  private final S3Credentials credentials;

  private EmbeddedS3(S3Proxy proxy, S3Credentials credentials) {
    this.proxy = proxy;
    this.credentials = credentials;
  }

  /** Starts on a free port with random credentials. */
  public static EmbeddedS3 start(Path directory) {
    return start(directory, 0, S3Credentials.random());
  }

  /**
   * Starts on a given port with given credentials.
   *
   * @param directory where buckets and objects lie; created if missing
   * @param port TCP port on loopback; 0 takes a free one
   * @throws UncheckedIOException if the directory cannot be made or the port is taken
   */
  public static EmbeddedS3 start(Path directory, int port, S3Credentials credentials) {
    BlobStore files = new FullDisk(new FilesystemNio2BlobStore(made(directory)));
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new AtomicWrites(new SteadyLists(new ContentEtags(files))))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
            .v4MaxNonChunkedRequestSize(MAX_SINGLE_REQUEST)
            .stopTimeout(STOP_TIMEOUT_MILLIS)
            .build();
    listen(proxy, port);
    return new EmbeddedS3(proxy, credentials);
  }

  private static String made(Path directory) {
    try {
      return Files.createDirectories(directory).toRealPath().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("no directory for S3 objects can be made: " + directory, e);
    }
  }

  private static void listen(S3Proxy proxy, int port) {
    try {
      proxy.start();
    } catch (Exception e) {
      throw new UncheckedIOException(
          new IOException("S3 cannot listen on 127.0.0.1:" + port + ": choose another port", e));
    }
  }

  /** Base address for S3 clients, such as {@code http://127.0.0.1:40123}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  /** The keys this instance accepts. */
  public S3Credentials credentials() {
    return credentials;
  }

  /**
   * What a client must know of a bucket here, in its own form.
   *
   * @param <S> the client's form
   */
  public <S> S access(String bucket, Access<S> form) {
    return form.of(endpoint(), bucket, credentials.accessKey(), credentials.secretKey());
  }

  /**
   * A client's form of what it must know.
   *
   * @param <S> the form
   */
  @FunctionalInterface
  public interface Access<S> {
    /** Puts it together. */
    S of(URI endpoint, String bucket, String accessKey, String secretKey);
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (TimeoutException e) {
      // A client still holds its connection open: it was given its time, and is cut off.
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 does not stop", e);
    }
  }
}
