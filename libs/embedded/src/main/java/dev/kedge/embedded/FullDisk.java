package dev.kedge.embedded;

import com.google.common.base.Throwables;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Says of a full disk what MinIO says, where S3Proxy speaks of an internal error. */
final class FullDisk extends ForwardingBlobStore {
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final String CODE = "XMinioStorageFull";
  private static final String OF_THE_SYSTEM = "No space left on device";
  private static final String OF_A_QUOTA = "Disk quota exceeded";

  FullDisk(BlobStore files) {
    super(files);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    return written(() -> super.putBlob(request, payload));
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return written(() -> super.copyBlob(request));
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream payload) {
    return written(() -> super.uploadMultipartPart(upload, request, payload));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return written(() -> super.completeMultipartUpload(upload, request));
  }

  private static <T> T written(Supplier<T> write) {
    try {
      return write.get();
    } catch (RuntimeException e) {
      throw isOfAFullDisk(e) ? full(e) : e;
    }
  }

  private static RuntimeException full(RuntimeException cause) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode(CODE).errorMessage(OF_THE_SYSTEM).build();
    return S3Exception.builder()
        .statusCode(INSUFFICIENT_STORAGE)
        .awsErrorDetails(details)
        .cause(cause)
        .build();
  }

  private static boolean isOfAFullDisk(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .anyMatch(said -> said.contains(OF_THE_SYSTEM) || said.contains(OF_A_QUOTA));
  }
}
