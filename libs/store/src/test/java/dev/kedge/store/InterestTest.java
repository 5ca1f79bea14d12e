package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterestTest extends StoreContract {
  private static final Duration SOME = Duration.ofSeconds(2);

  @Test
  void nobodyHasShownAny() {
    Interest interest = project.interest(STAGE);
    assertThat(interest.isShownWithin(SOME)).isFalse();
    interest.show();
    assertThat(interest.isShownWithin(SOME)).as("in what nobody works on").isFalse();
  }

  @Test
  void itFadesAsTheLeaseIsRenewedAndIsThereAgainOnceItIsShownAgain() throws Exception {
    Interest interest = project.interest(STAGE);
    Lease lease = claim();
    interest.show();
    assertThat(interest.isShownWithin(SOME)).isTrue();
    Thread.sleep(SOME.toMillis() + 1100);
    assertThat(interest.isShownWithin(SOME))
        .as("by the store's clock, as of the last renewal")
        .isTrue();
    lease.renew();
    assertThat(interest.isShownWithin(SOME)).isFalse();
    interest.show();
    assertThat(interest.isShownWithin(SOME)).isTrue();
  }

  @Test
  void itGoesWithTheStagesProgress() {
    Interest interest = project.interest(STAGE);
    claim();
    interest.show();
    project.progress(STAGE).clear();
    assertThat(interest.isShownWithin(SOME)).isFalse();
  }

  private Lease claim() {
    Claim claim = project.leases(SOME).claim(STAGE, "a", CanonicalJson.tree(Map.of()));
    return ((Claim.Won) claim).lease();
  }
}
