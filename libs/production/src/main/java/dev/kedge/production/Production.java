package dev.kedge.production;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Holds a process to the rules of production, where it is told that it is there. Whatever opens a
 * connection when it is made asks {@link #check()} first: gRPC's beans are made before the process
 * is told that it starts.
 */
@Singleton
public class Production {
  /** Before whatever else is started. */
  private static final int FIRST = 1;

  private final boolean on;
  private final List<ProductionRule> rules;

  @Inject
  Production(
      @ConfigProperty(name = "kedge.production", defaultValue = "false") boolean on,
      @All List<ProductionRule> rules) {
    this.on = on;
    this.rules = rules;
  }

  void start(@Observes @Priority(FIRST) StartupEvent up) {
    check();
  }

  /**
   * Lets the process go on, or not.
   *
   * @throws ConfigurationException with all findings; Quarkus prints the message and ends
   */
  public void check() {
    List<Finding> findings =
        on ? rules.stream().flatMap(ProductionRule::findings).toList() : List.of();
    if (!findings.isEmpty()) {
      throw new ConfigurationException(refusal(findings));
    }
  }

  private static String refusal(List<Finding> findings) {
    return findings.stream()
        .map(Finding::toString)
        .sorted()
        .collect(
            Collectors.joining(
                "\n- ",
                "kedge.production is true, and this process does not start with settings that are"
                    + " not fit for it (%d):\n- ".formatted(findings.size()),
                "\nMend them all, or leave kedge.production out where nobody else can reach this"
                    + " process."));
  }
}
