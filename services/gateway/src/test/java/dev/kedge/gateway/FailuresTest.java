package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.store.StoreException;
import io.grpc.Status;
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
}
