package dev.kedge.production;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProductionTest {
  private static final ProductionRule WELL = Stream::empty;
  private static final ProductionRule DOORS =
      () ->
          Stream.of(
              new Finding("house.windows", "are open, and it rains in", "close them"),
              new Finding("house.door", "has no lock, so anybody comes in", "set one"));
  private static final ProductionRule FIRE =
      () -> Stream.of(new Finding("garden.fire", "is left alone", "put it out"));

  @Test
  void allThatIsInsecureIsSaidAtOnce() {
    assertThatThrownBy(() -> start(true, DOORS, WELL, FIRE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            """
            kedge.production is true, and this process does not start with settings that are not fit for it (3):
            - garden.fire is left alone: put it out
            - house.door has no lock, so anybody comes in: set one
            - house.windows are open, and it rains in: close them
            Mend them all, or leave kedge.production out where nobody else can reach this process.\
            """);
  }

  @Test
  void whatIsWellStarts() {
    assertThatCode(() -> start(true, WELL, WELL)).doesNotThrowAnyException();
  }

  @Test
  void nothingIsAskedOutsideOfProduction() {
    assertThatCode(() -> start(false, DOORS, FIRE)).doesNotThrowAnyException();
  }

  private static void start(boolean on, ProductionRule... rules) {
    new Production(on, List.of(rules)).start(new StartupEvent());
  }
}
