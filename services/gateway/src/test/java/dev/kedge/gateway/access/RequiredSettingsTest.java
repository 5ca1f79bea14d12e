package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.Startup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequiredSettingsTest {
  @Test
  void whereTokensAreAskedForNothingStartsWithoutAnAudience() {
    assertThatThrownBy(() -> new RequiredSettings(() -> true, Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "quarkus.oidc.token.audience is not: name what the issuer knows Kedge");
    assertThat(RequiredSettings.class).as("it is asked at the start").hasAnnotation(Startup.class);
  }

  @Test
  void anAudienceOrNoTokensAtAllIsFine() {
    assertThatCode(
            () -> {
              new RequiredSettings(() -> true, Optional.of(List.of("kedge")));
              new RequiredSettings(() -> false, Optional.empty());
            })
        .doesNotThrowAnyException();
  }
}
