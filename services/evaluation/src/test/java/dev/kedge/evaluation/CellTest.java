package dev.kedge.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tensors.Recipe;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CellTest {
  /** Otherwise results of an older algorithm would be taken for the new one's. */
  @Test
  void theAlgorithmVersionOfTheStageIsInTheKeyOfEveryResult() throws GeneralSecurityException {
    Recipe one = new Recipe.Stored("sha256:one");
    Candidate candidate = new Candidate("any", one, one.mixture());
    EvaluateSpec.Suite suite = EvaluateSpec.Suite.newBuilder().setId("any").build();
    String text =
        "evaluation %d\n%s\n1 threads\n"
            .formatted(StageKey.algorithmVersion(StageKind.EVALUATE), one.mixture().canonical());
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));

    assertThat(Cell.of(candidate, suite, 1).key()).isEqualTo(HexFormat.of().formatHex(digest));
  }
}
