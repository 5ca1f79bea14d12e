package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.store.UnreliableStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeasesTest extends StoreContract {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final JsonNode PROFILE = CanonicalJson.tree(Map.of("threads", 2));
  private static final JsonNode OTHER_PROFILE = CanonicalJson.tree(Map.of("threads", 8));

  private final AtomicLong clock = new AtomicLong();
  private UnreliableStore network;
  private Leases leases;
  private Leases rival;

  @BeforeEach
  void openLeases() {
    network = new UnreliableStore(objects);
    leases = observer(network);
    rival = observer(objects);
  }

  private Leases observer(ObjectStore store) {
    return new ProjectStore(store, projectName, cache("cache")).leases(TTL, clock::get);
  }

  @Test
  void theFirstClaimWinsAndTheSecondIsToldWhoHoldsIt() {
    assertThat(won(leases, "a").epoch()).isEqualTo(1);
    assertThat(rival.claim(STAGE, "b", PROFILE)).isEqualTo(new Claim.Held("a", 1));
    assertThat(rival.holder(STAGE)).contains(new Claim.Held("a", 1));
  }

  @Test
  void aRaceOfSixteenClaimsHasOneWinner() throws Exception {
    ExecutorService racers = Executors.newFixedThreadPool(16);
    List<Callable<Claim>> claims = new ArrayList<>();
    for (int racer = 0; racer < 16; racer++) {
      String name = "racer " + racer;
      claims.add(() -> rival.claim(STAGE, name, PROFILE));
    }
    List<Claim> answers = new ArrayList<>();
    for (Future<Claim> claim : racers.invokeAll(claims)) {
      answers.add(claim.get());
    }
    racers.shutdown();
    assertThat(answers).filteredOn(Claim.Won.class::isInstance).hasSize(1);
  }

  @Test
  void aReleasedLeaseIsTakenAtOnceUnderALaterEpoch() {
    Lease first = won(leases, "a");
    first.release();
    assertThat(rival.holder(STAGE)).isEmpty();
    assertThat(won(rival, "b").epoch()).isEqualTo(2);
    assertThat(first.renew()).isFalse();
  }

  @Test
  void theProfileOfTheFirstClaimStands() {
    Lease first = won(leases, "a");
    first.release();
    Claim.Won second = (Claim.Won) rival.claim(STAGE, "b", OTHER_PROFILE);
    assertThat(second.lease().profile()).isEqualTo(first.profile()).isEqualTo(PROFILE);
  }

  @Test
  void aRenewedLeaseDoesNotExpire() {
    Lease lease = won(leases, "a");
    for (int i = 0; i < 5; i++) {
      assertThat(rival.claim(STAGE, "b", PROFILE)).isInstanceOf(Claim.Held.class);
      pass(TTL.minusSeconds(1));
      assertThat(lease.renew()).isTrue();
    }
  }

  @Test
  void aDeadHoldersLeaseIsTakenOnceItHasNotChangedForItsTimeToLive() {
    won(leases, "dead");
    assertThat(rival.claim(STAGE, "b", PROFILE)).isInstanceOf(Claim.Held.class);
    pass(TTL.minusNanos(1));
    assertThat(rival.claim(STAGE, "b", PROFILE)).isInstanceOf(Claim.Held.class);
    pass(Duration.ofNanos(1));
    assertThat(won(rival, "b").epoch()).isEqualTo(2);
  }

  @Test
  void anObserverThatLooksForTheFirstTimeDoesNotTakeAnOldLease() {
    won(leases, "a");
    pass(TTL.multipliedBy(100));
    assertThat(rival.claim(STAGE, "b", PROFILE)).isEqualTo(new Claim.Held("a", 1));
  }

  @Test
  void aZombieLearnsThatItLostAndCannotDisturbTheNewHolder() {
    Lease zombie = won(leases, "zombie");
    Lease current = takenOver("b");
    assertThat(zombie.renew()).isFalse();
    zombie.release();
    assertThat(current.renew()).isTrue();
    assertThat(rival.holder(STAGE)).contains(new Claim.Held("b", 2));
  }

  @Test
  void aHolderThatLostSightOfTheStoreGoesOnIfNobodyTookOver() {
    Lease lease = won(leases, "a");
    network.now(Fault.UNREACHABLE);
    assertThatThrownBy(lease::renew).isInstanceOf(StoreException.Unavailable.class);
    network.now(Fault.NONE);
    assertThat(lease.renew()).isTrue();
  }

  @Test
  void aHolderThatLostSightOfTheStoreLearnsIfSomebodyTookOver() {
    Lease lease = won(leases, "a");
    network.now(Fault.UNREACHABLE);
    assertThatThrownBy(lease::renew).isInstanceOf(StoreException.Unavailable.class);
    takenOver("b");
    network.now(Fault.NONE);
    assertThat(lease.renew()).isFalse();
  }

  @Test
  void aClaimWhoseAnswerWasLostIsStillWon() {
    network.now(Fault.ANSWER_LOST);
    Lease lease = won(leases, "a");
    assertThat(lease.renew()).isTrue();
  }

  @Test
  void aRenewalWhoseAnswerWasLostIsStillARenewal() {
    Lease lease = won(leases, "a");
    network.now(Fault.ANSWER_LOST);
    assertThat(lease.renew()).isTrue();
    assertThat(lease.renew()).isTrue();
  }

  private Lease takenOver(String holder) {
    rival.claim(STAGE, holder, PROFILE);
    pass(TTL);
    return won(rival, holder);
  }

  private static Lease won(Leases observer, String holder) {
    return ((Claim.Won) observer.claim(STAGE, holder, PROFILE)).lease();
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
