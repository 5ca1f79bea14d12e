package dev.kedge.contract;

import com.google.protobuf.CodedOutputStream;
import dev.kedge.stage.v1.Specs;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of a piece of work: SHA-256 over the stage's kind, the kind's algorithm version and its
 * spec. Equal keys are the same work, in one experiment or in several.
 */
public final class StageKey {
  private StageKey() {}

  /**
   * @param spec a spec whose every input is an artifact digest
   * @return 64 hexadecimal digits
   */
  public static String of(StageSpec spec) {
    StageKind kind = kindOf(spec);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "%s/%d\n".formatted(kind.name(), algorithmVersion(kind)).getBytes(StandardCharsets.UTF_8));
    write(spec, bytes);
    return HexFormat.of().formatHex(sha256().digest(bytes.toByteArray()));
  }

  /** The kind of stage that a spec describes; refuses an empty spec. */
  public static StageKind kindOf(StageSpec spec) {
    if (spec.getStageCase() == StageSpec.StageCase.STAGE_NOT_SET) {
      throw new IllegalArgumentException("the stage spec is empty: set one of its messages");
    }
    return StageKind.valueOf(spec.getStageCase().name());
  }

  /** The version that {@code specs.proto} gives the kind's algorithm. */
  public static int algorithmVersion(StageKind kind) {
    return kind.getValueDescriptor().getOptions().getExtension(Specs.algorithmVersion);
  }

  private static void write(StageSpec spec, ByteArrayOutputStream bytes) {
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      spec.writeTo(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
