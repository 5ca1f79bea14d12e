package dev.kedge.experiment.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Seals payloads on their way to Temporal, and opens them on the way back. What is not sealed
 * passes: it is from before there were keys.
 */
final class SealedPayloads implements PayloadCodec {
  private static final String ENCODING = "encoding";
  private static final ByteString SEALED = ByteString.copyFromUtf8("binary/encrypted");
  private static final String CIPHER = "encryption-cipher";
  private static final String KEY = "encryption-key-id";

  private final PayloadKeys keys;

  SealedPayloads(PayloadKeys keys) {
    this.keys = keys;
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return keys.first()
        .map(key -> payloads.stream().map(payload -> sealed(payload, key)).toList())
        .orElse(payloads);
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::opened).toList();
  }

  private static Payload sealed(Payload payload, PayloadKey key) {
    try {
      return Payload.newBuilder()
          .putMetadata(ENCODING, SEALED)
          .putMetadata(CIPHER, ByteString.copyFromUtf8(PayloadKey.CIPHER))
          .putMetadata(KEY, ByteString.copyFromUtf8(key.id()))
          .setData(ByteString.copyFrom(key.seal(payload.toByteArray())))
          .build();
    } catch (GeneralSecurityException e) {
      throw new PayloadCodecException("this JVM cannot encrypt with " + PayloadKey.CIPHER, e);
    }
  }

  private Payload opened(Payload payload) {
    if (!SEALED.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY))) {
      return payload;
    }
    String id = payload.getMetadataOrDefault(KEY, ByteString.EMPTY).toStringUtf8();
    PayloadKey key = keys.find(id).orElseThrow(() -> closed(id, keys.toString(), null));
    try {
      return Payload.parseFrom(key.open(payload.getData().toByteArray()));
    } catch (GeneralSecurityException | InvalidProtocolBufferException e) {
      throw closed(
          id, keys + ", and that of this id is another key, or somebody has changed it", e);
    }
  }

  private static PayloadCodecException closed(String id, String why, Exception cause) {
    return new PayloadCodecException(
        "what Temporal keeps is encrypted with the key %s, and %s: give all processes the same file of keys"
            .formatted(id, why),
        cause);
  }
}
