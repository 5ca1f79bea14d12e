package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.v1.ListExperimentsRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where nobody is asked who they are, an address is what is limited. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = FewCalls.class, restrictToAnnotatedClass = true)
class UnnamedCallersTest extends GatewayFixture {
  /** More than a caller has, however slow they are. */
  private static final int MANY = 2 * FewCalls.BURST;

  private final HttpClient browser = HttpClient.newHttpClient();

  @Test
  void anAddressMayCallSoOftenAndLookAtPagesWithIt() throws Exception {
    List<StatusRuntimeException> refused = new ArrayList<>();
    int answered = 0;
    for (int i = 0; i < MANY; i++) {
      StatusRuntimeException failure =
          catchThrowableOfType(StatusRuntimeException.class, this::list);
      if (failure != null) {
        refused.add(failure);
      } else if (refused.isEmpty()) {
        answered++;
      }
    }
    assertThat(answered).isGreaterThanOrEqualTo(FewCalls.BURST);
    assertThat(refused).isNotEmpty();
    assertThat(refused.get(0).getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(reason(refused.get(0))).isEqualTo("CALLS_TOO_MANY");
    assertThat(refused.get(0))
        .hasMessageContaining("callers without a name from 127.0.0.1 may call 1 times a second");

    List<HttpResponse<String>> pages = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      pages.add(page());
    }
    assertThat(pages)
        .filteredOn(page -> page.statusCode() == 429)
        .isNotEmpty()
        .allMatch(page -> page.body().contains("CALLS_TOO_MANY"));
  }

  private void list() {
    var unused =
        experiments.listExperiments(ListExperimentsRequest.newBuilder().setParent(PROJECT).build());
  }

  private HttpResponse<String> page() throws IOException, InterruptedException {
    URI page =
        URI.create(
            "http://%s:%d/projects/p/experiments".formatted(address.getHost(), address.getPort()));
    return browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
  }
}
