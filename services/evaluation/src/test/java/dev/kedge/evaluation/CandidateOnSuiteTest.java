package dev.kedge.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.contract.StageKey;
import dev.kedge.models.torch.Device;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tensors.Recipe;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CandidateOnSuiteTest {
  private static final Recipe ONE = new Recipe.Stored("sha256:one");
  private static final EvaluateSpec.Suite SUITE =
      EvaluateSpec.Suite.newBuilder().setId("any").build();

  private static CandidateOnSuite pair(Device device) {
    return CandidateOnSuite.of(new Candidate("any", ONE, ONE.mixture()), SUITE, 1, device);
  }

  /** Otherwise results of an older algorithm would be taken for the new one's. */
  @Test
  void theAlgorithmVersionOfTheStageIsInTheKeyOfEveryResult() throws GeneralSecurityException {
    String text =
        "evaluation %d\n%s\n1 threads\n"
            .formatted(StageKey.algorithmVersion(StageKind.EVALUATE), ONE.mixture().canonical());
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));

    assertThat(pair(Device.CPU).key()).isEqualTo(HexFormat.of().formatHex(digest));
  }

  @Test
  void whatAnotherDeviceSaidIsNotTakenForWhatThisOneSays() {
    assertThat(pair(Device.CUDA).key()).isNotEqualTo(pair(Device.CPU).key());
  }
}
