package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.store.StoreException;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void whatWasNeverThereIsNotCalledLost() {
    var absent = new StoreException.NotFound("cannot read bucket/pictures/1.jpg: HTTP 404", null);

    Status never = Failures.toStatus(absent).getStatus();
    assertThat(never.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(never.getDescription())
        .startsWith("cannot read bucket/pictures/1.jpg: HTTP 404: nobody stored it");

    Status lost = Failures.toStatus(new StoreException.Lost(absent)).getStatus();
    assertThat(lost.getCode()).isEqualTo(Status.Code.DATA_LOSS);
    assertThat(lost.getDescription()).contains("launch the experiment that made it again");
  }

  @Test
  void aFullDiskIsNoBug() {
    var full = new UncheckedIOException(new IOException("/tmp/x: No space left on device"));

    Status status = Failures.toStatus(full).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(status.getDescription()).contains("the gateway's disk is full");
    assertThat(Failures.toStatus(new UncheckedIOException(new IOException("x"))).getStatus())
        .extracting(Status::getCode)
        .isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void aStoreThatRefusesIsNoBugAndItsWordsAreForTheLog() {
    var refused = new StoreException.Refused("GET kedge/secret: check keys and permissions", null);

    Status status = Failures.toStatus(refused).getStatus();
    assertThat(status.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(status.getDescription())
        .contains("does not let the gateway do this", "what its key may do")
        .doesNotContain("secret");
  }
}
