package dev.kedge.embedded;

import java.io.InputStream;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Makes {@code If-Match} on a write a true compare-and-swap. S3Proxy compares and then writes, so
 * that two writers holding the same ETag can both be told they won; here they take turns. One
 * process owns the directory, so turns within the process are enough.
 */
final class AtomicWrites extends ForwardingBlobStore {
  private static final int PRECONDITION_FAILED = 412;
  private static final int STRIPES = 64;

  private final Object[] turns = Stream.generate(Object::new).limit(STRIPES).toArray();

  AtomicWrites(BlobStore files) {
    super(files);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    if (request.ifMatch() == null) {
      return super.putBlob(request, payload);
    }
    synchronized (turnOf(request)) {
      requireUnchanged(request);
      return super.putBlob(request, payload);
    }
  }

  private Object turnOf(PutObjectRequest request) {
    return turns[Math.floorMod(request.key().hashCode(), STRIPES)];
  }

  private void requireUnchanged(PutObjectRequest request) {
    HeadObjectResponse current = blobMetadata(request.bucket(), request.key());
    if (current == null || !bare(request.ifMatch()).equals(bare(current.eTag()))) {
      throw S3Exceptions.fromStatusCode(PRECONDITION_FAILED);
    }
  }

  private static String bare(String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
