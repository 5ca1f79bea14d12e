package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.store.UnreliableStore.Fault;
import org.junit.jupiter.api.Test;

class ConditionalWriteProbeTest extends StoreContract {
  @Test
  void aStoreThatHonoursConditionsPassesAndIsLeftClean() {
    ConditionalWriteProbe.require(objects);
    assertThat(objects.list("probes/", "", 10)).isEmpty();
  }

  @Test
  void aStoreThatIgnoresConditionsIsRefusedWithTheRemedy() {
    UnreliableStore careless = new UnreliableStore(objects);
    careless.now(Fault.CONDITIONS_IGNORED);
    assertThatThrownBy(() -> ConditionalWriteProbe.require(careless))
        .isInstanceOf(StoreException.Refused.class)
        .hasMessageContaining("If-None-Match")
        .hasMessageContaining("use a store with conditional writes");
  }
}
