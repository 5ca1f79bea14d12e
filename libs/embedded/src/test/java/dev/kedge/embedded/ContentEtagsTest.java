package dev.kedge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** On files whose attributes are stripped, as on a file system that has none. */
class ContentEtagsTest {
  private static final String BUCKET = "bucket";
  private static final String KEY = "key";

  @TempDir Path directory;

  private BlobStore store;

  @BeforeEach
  void openStore() {
    store = new AtomicWrites(new ContentEtags(new FilesystemNio2BlobStore(directory.toString())));
    store.createContainer(CreateBucketRequest.builder().bucket(BUCKET).build());
  }

  @Test
  void theEtagIsThatOfTheWrite() throws Exception {
    String written = put("one", null);
    assertThat(store.blobMetadata(BUCKET, KEY).eTag()).contains(written);
    GetObjectRequest request = GetObjectRequest.builder().bucket(BUCKET).key(KEY).build();
    try (var read = store.getBlob(request)) {
      assertThat(read.response().eTag()).contains(written);
      assertThat(read.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("one");
    }
  }

  @Test
  void aConditionOnItHoldsUntilTheContentChanges() throws Exception {
    String first = put("one", null);
    put("two", first);
    assertThatThrownBy(() -> put("three", first))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
  }

  private String put(String content, String ifMatch) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(BUCKET)
            .key(KEY)
            .contentLength((long) bytes.length)
            .ifMatch(ifMatch)
            .build();
    String etag = store.putBlob(request, new ByteArrayInputStream(bytes)).eTag();
    stripAttributes();
    return etag.replace("\"", "");
  }

  private void stripAttributes() throws Exception {
    UserDefinedFileAttributeView attributes =
        Files.getFileAttributeView(
            directory.resolve(BUCKET).resolve(KEY), UserDefinedFileAttributeView.class);
    for (String name : attributes.list()) {
      attributes.delete(name);
    }
  }
}
