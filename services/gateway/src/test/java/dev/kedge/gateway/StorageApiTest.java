package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CollectGarbageResponse;
import dev.kedge.v1.CollectedGarbage;
import dev.kedge.v1.StorageServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class StorageApiTest extends GatewayFixture {
  private static final String OTHER = "projects/rubbish";

  @Inject Projects projects;

  @Test
  void whatNothingNamesIsCountedAndStaysForTheTimeOfGrace() {
    projects.store("rubbish").blobs().put("nobody's".getBytes(StandardCharsets.UTF_8));

    assertThat(collect(request(false)).getRemoving()).isFalse();
    collect(request(true));
    CollectedGarbage again = collect(request(true));

    assertThat(again.getRemoving()).isTrue();
    assertThat(again.getKindsList())
        .extracting(CollectedGarbage.Kind::getKind)
        .containsExactly("stage", "artifact", "blob", "spoilt");
    CollectedGarbage.Kind blobs = again.getKinds(2);
    assertThat(blobs.getWaiting().getCount()).isEqualTo(1);
    assertThat(blobs.getWaiting().getBytes()).isEqualTo(8);
    assertThat(blobs.getRemoved().getCount()).isZero();
    Instant next = Instant.ofEpochMilli(Timestamps.toMillis(again.getNext()));
    assertThat(next).isAfter(Instant.now().plusSeconds(7 * 86_400 - 600));
  }

  @Test
  void aGraceThatCouldTakeWhatIsJustWrittenIsRefused() {
    for (Duration grace :
        List.of(
            Durations.fromHours(23),
            Durations.ZERO,
            Duration.newBuilder().setSeconds(Long.MAX_VALUE).build())) {
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> collect(request(true).toBuilder().setGracePeriod(grace).build()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(refused).hasMessageContaining("24 hours");
    }
  }

  @Test
  void aProjectThatIsNotThereIsNotMadeByLookingForItsGarbage() {
    CollectGarbageRequest request = request(true).toBuilder().setParent("projects/tpyo").build();

    for (int i = 0; i < 2; i++) {
      StatusRuntimeException refused =
          catchThrowableOfType(StatusRuntimeException.class, () -> collect(request));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(refused).hasMessageContaining("projects/tpyo");
    }
  }

  private CollectedGarbage collect(CollectGarbageRequest request) {
    List<CollectGarbageResponse> news = new ArrayList<>();
    StorageServiceGrpc.newBlockingStub(channel).collectGarbage(request).forEachRemaining(news::add);
    return news.get(news.size() - 1).getCollected();
  }

  private static CollectGarbageRequest request(boolean remove) {
    return CollectGarbageRequest.newBuilder().setParent(OTHER).setRemove(remove).build();
  }
}
