package dev.kedge.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.Test;

class LiveTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aStreamEndsAfterAWhileSoThatWhoeverReadsItHasToAskAgain() {
    Live live = live("100ms");
    for (int time = 0; time < 3; time++) {
      List<OutboundSseEvent> sent = sent(live, Optional.empty());

      assertThat(sent.get(0).getData()).isEqualTo("{\"id\":\"part\",\"html\":\"same\"}");
      assertThat(sent).extracting(OutboundSseEvent::getName).containsExactly(null, "again");
    }
  }

  @Test
  void ofWhatIsOverNobodyHasToAskAgainAtOnce() {
    assertThat(sent(live("0s"), Optional.of("over")))
        .extracting(OutboundSseEvent::getName)
        .containsExactly(null, "end");
  }

  private static List<OutboundSseEvent> sent(Live live, Optional<String> end) {
    return live.follow(new Page(end), SseImpl.INSTANCE).collect().asList().await().atMost(PATIENCE);
  }

  /** One page is followed at a time. */
  private static Live live(String recheck) {
    return new Live(
        new SmallRyeConfigBuilder()
            .withMapping(PagesConfig.class)
            .addDiscoveredConverters()
            .withDefaultValues(
                Map.of(
                    "kedge.pages.recheck", recheck,
                    "kedge.pages.refresh", "10ms",
                    "kedge.pages.live", "1"))
            .build()
            .getConfigMapping(PagesConfig.class));
  }

  private record Page(Optional<String> end) implements LivePage {
    @Override
    public Map<String, String> look() {
      return Map.of("part", "same");
    }
  }
}
