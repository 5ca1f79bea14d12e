package dev.kedge.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.contract.StageKey;
import dev.kedge.models.torch.Device;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tensors.Mixture;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A pair of a candidate and a suite.
 *
 * @param key 64 hexadecimal digits over all that determines the predictions: never an id
 */
record CandidateOnSuite(Candidate candidate, EvaluateSpec.Suite suite, String key) {
  /**
   * The pair, whose key is as it ever was on the processor.
   *
   * @param device what really computes, whatever the spec leaves open
   */
  static CandidateOnSuite of(
      Candidate candidate, EvaluateSpec.Suite suite, int threads, Device device) {
    String text =
        "evaluation %d\n%s\n%d threads\n"
            .formatted(
                StageKey.algorithmVersion(StageKind.EVALUATE),
                candidate.weights().canonical(),
                threads);
    MessageDigest digest = sha256();
    digest.update(text.getBytes(UTF_8));
    digest.update(suite.toBuilder().clearId().build().toByteArray());
    if (device != Device.CPU) {
      digest.update(device.name().getBytes(UTF_8));
    }
    return new CandidateOnSuite(candidate, suite, HexFormat.of().formatHex(digest.digest()));
  }

  /** What determines the predictions of some samples. */
  String key(Window window) {
    String text = "%s\nsamples %d to %d\n".formatted(key, window.from(), window.to());
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(UTF_8)));
  }

  Mixture weights() {
    return candidate.weights();
  }

  boolean isOfPictures() {
    return !suite.hasLanguage();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
