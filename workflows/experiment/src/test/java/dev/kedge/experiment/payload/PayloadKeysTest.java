package dev.kedge.experiment.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadKeysTest {
  private static final String TEXT = "projects/vision/experiments/e1";

  @TempDir Path folder;

  @Test
  void theFirstSealsAndAllOpen() throws IOException {
    DataConverter old = keys("a " + secret(1)).converter();
    DataConverter both = keys("# rotated", "", "b " + secret(2), "a " + secret(1)).converter();
    DataConverter late = keys("b " + secret(2)).converter();

    Payload first = old.toPayload(TEXT).orElseThrow();
    assertThat(keyId(first)).isEqualTo("a");
    assertThat(text(first)).doesNotContain("vision", "json/plain");
    assertThat(read(both, first)).isEqualTo(TEXT);

    Payload second = both.toPayload(TEXT).orElseThrow();
    assertThat(keyId(second)).isEqualTo("b");
    assertThat(read(late, second)).isEqualTo(TEXT);
    assertThatThrownBy(() -> read(late, first))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessageContaining("encrypted with the key a, and")
        .hasMessageContaining("(kedge.temporal.payload-keys) has the keys [b]: give all");
  }

  @Test
  void equalThingsDoNotLookEqual() throws IOException {
    DataConverter converter = keys("a " + secret(1)).converter();
    assertThat(converter.toPayload(TEXT)).isNotEqualTo(converter.toPayload(TEXT));
  }

  @Test
  void whatWasThereBeforeTheKeysIsRead() throws IOException {
    Payload open = PayloadKeys.none().converter().toPayload(TEXT).orElseThrow();
    assertThat(open.getData().toStringUtf8()).contains(TEXT);
    assertThat(read(keys("a " + secret(1)).converter(), open)).isEqualTo(TEXT);
  }

  @Test
  void whoHasNoKeysIsToldWhichSettingIsMissing() throws IOException {
    Payload sealed = keys("a " + secret(1)).converter().toPayload(TEXT).orElseThrow();
    assertThatThrownBy(() -> read(PayloadKeys.none().converter(), sealed))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessageContaining(
            "encrypted with the key a, and kedge.temporal.payload-keys is not set: give all");
  }

  @Test
  void aKeyOfTheSameNameOrAChangedByteOpensNothing() throws IOException {
    DataConverter right = keys("a " + secret(1)).converter();
    Payload sealed = right.toPayload(TEXT).orElseThrow();
    assertThatThrownBy(() -> read(keys("a " + secret(2)).converter(), sealed))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessageContaining("that of this id is another key");
    byte[] changed = sealed.getData().toByteArray();
    changed[changed.length / 2] ^= 1;
    assertThatThrownBy(
            () -> read(right, sealed.toBuilder().setData(ByteString.copyFrom(changed)).build()))
        .isInstanceOf(PayloadCodecException.class);
    assertThatThrownBy(() -> read(right, sealed.toBuilder().setData(ByteString.EMPTY).build()))
        .isInstanceOf(PayloadCodecException.class);
  }

  @Test
  void errorsAreSealedToo() throws IOException {
    DataConverter converter = keys("a " + secret(1)).converter();
    Failure failure =
        converter.exceptionToFailure(
            ApplicationFailure.newFailure("the tensor visual.proj is missing", "BAD", "train-l2"));
    assertThat(text(failure))
        .doesNotContain("visual.proj", "train-l2", "PayloadKeysTest")
        .contains("BAD");
    assertThat(converter.failureToException(failure))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            told -> {
              assertThat(told.getOriginalMessage()).isEqualTo("the tensor visual.proj is missing");
              assertThat(told.getDetails().get(String.class)).isEqualTo("train-l2");
            });
  }

  @Test
  void aFileThatIsNoneIsNamedAndNoKeyIsShown() throws IOException {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> PayloadKeys.read(none))
        .hasMessageContaining("kedge.temporal.payload-keys is " + none);
    assertThatThrownBy(() -> keys("# nothing")).hasMessageContaining("has no keys");
    String tooShort = Base64.getEncoder().encodeToString(new byte[16]);
    for (String line : new String[] {"a " + tooShort, secret(1), "a !!", "a b c"}) {
      assertThatThrownBy(() -> keys("ok " + secret(3), line))
          .hasMessageContaining("line 2 of")
          .hasMessageContaining("openssl rand -base64 32")
          .hasMessageNotContaining(tooShort)
          .hasMessageNotContaining(secret(1));
    }
    assertThatThrownBy(() -> keys("a " + secret(1), "a " + secret(2)))
        .hasMessageContaining("a second key with the id a");
  }

  private PayloadKeys keys(String... lines) throws IOException {
    return PayloadKeys.read(
        Files.writeString(folder.resolve("keys"), String.join("\n", lines) + "\n"));
  }

  private static String secret(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The bytes that Temporal gets. */
  private static String text(Message message) {
    return new String(message.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static String keyId(Payload payload) {
    return payload.getMetadataOrThrow("encryption-key-id").toStringUtf8();
  }

  private static String read(DataConverter converter, Payload payload) {
    return converter.fromPayload(payload, String.class, String.class);
  }
}
