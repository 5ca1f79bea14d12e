package dev.kedge.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.SdkResponses;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Gives every object an ETag that names the very bytes it is sent with. S3Proxy keeps ETags in file
 * attributes, which it reads apart from the bytes, so that a read crossing a write can pair one's
 * bytes with the other's ETag; and on a file system without attributes no object has one. Here the
 * ETag of a document is taken from its content, as it was at its writing; a larger object, on which
 * nobody sets conditions, is named by size and time if it has no name.
 */
final class ContentEtags extends ForwardingBlobStore {
  /** What is no larger counts as a document. */
  private static final long HASHED_BYTES = 4L << 20;

  ContentEtags(BlobStore files) {
    super(files);
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    HeadObjectResponse found = super.blobMetadata(request);
    if (found == null || found.eTag() != null) {
      return found;
    }
    String etag =
        etag(request.bucket(), request.key(), found.contentLength(), found.lastModified());
    return found.toBuilder().eTag(etag).build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    ResponseInputStream<GetObjectResponse> found = super.getBlob(request);
    if (found == null) {
      return found;
    }
    return request.range() == null && found.response().contentLength() <= HASHED_BYTES
        ? namedByBytes(found)
        : namedByObject(found, request);
  }

  private static ResponseInputStream<GetObjectResponse> namedByBytes(
      ResponseInputStream<GetObjectResponse> found) {
    try (found) {
      byte[] bytes = found.readAllBytes();
      MessageDigest hash = md5();
      hash.update(bytes);
      return SdkResponses.getResponse(
          found.response().toBuilder().eTag(quoted(hash)).build(), new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("an object cannot be read", e);
    }
  }

  private ResponseInputStream<GetObjectResponse> namedByObject(
      ResponseInputStream<GetObjectResponse> found, GetObjectRequest request) {
    if (found.response().eTag() != null) {
      return found;
    }
    String etag = blobMetadata(request.bucket(), request.key()).eTag();
    return SdkResponses.getResponse(found.response().toBuilder().eTag(etag).build(), found);
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response page = super.list(request);
    List<S3Object> named =
        page.contents().stream().map(object -> named(request.bucket(), object)).toList();
    return page.toBuilder().contents(named).build();
  }

  private S3Object named(String bucket, S3Object object) {
    if (object.eTag() != null) {
      return object;
    }
    String etag = etag(bucket, object.key(), object.size(), object.lastModified());
    return object.toBuilder().eTag(etag).build();
  }

  private String etag(String bucket, String key, long size, Instant lastModified) {
    return size > HASHED_BYTES
        ? "\"" + size + "-" + lastModified.toEpochMilli() + "\""
        : getBlob(bucket, key).response().eTag();
  }

  private static String quoted(MessageDigest hash) {
    return '"' + HexFormat.of().formatHex(hash.digest()) + '"';
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
