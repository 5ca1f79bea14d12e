package dev.kedge.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
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
 * Gives every object an ETag. S3Proxy keeps ETags in file attributes; on a file system without them
 * objects would have none and no condition on one could ever hold. Here such an object's ETag is
 * taken from its content, as at its writing; a large one's, on which nobody sets conditions, from
 * its size and time.
 */
final class ContentEtags extends ForwardingBlobStore {
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
    if (found == null || found.response().eTag() != null) {
      return found;
    }
    HeadObjectRequest head =
        HeadObjectRequest.builder().bucket(request.bucket()).key(request.key()).build();
    GetObjectResponse named = found.response().toBuilder().eTag(blobMetadata(head).eTag()).build();
    return SdkResponses.getResponse(named, found);
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
    String bare = size > HASHED_BYTES ? size + "-" + lastModified.toEpochMilli() : md5(bucket, key);
    return '"' + bare + '"';
  }

  private String md5(String bucket, String key) {
    GetObjectRequest request = GetObjectRequest.builder().bucket(bucket).key(key).build();
    MessageDigest hash = md5();
    try (InputStream content = new DigestInputStream(super.getBlob(request), hash)) {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + bucket + "/" + key, e);
    }
    return HexFormat.of().formatHex(hash.digest());
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
