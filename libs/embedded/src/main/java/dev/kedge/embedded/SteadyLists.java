package dev.kedge.embedded;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Lists again where a file went away between being seen and being looked at, as the temporary file
 * of every write does: S3Proxy answers the whole list with "no such key".
 */
final class SteadyLists extends ForwardingBlobStore {
  private static final int TRIES = 20;

  SteadyLists(BlobStore files) {
    super(files);
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    for (int tries = 1; tries < TRIES; tries++) {
      try {
        return super.list(request);
      } catch (NoSuchKeyException crossedByAWrite) {
        Thread.onSpinWait();
      }
    }
    return super.list(request);
  }
}
