package dev.kedge.orchestrator.notice;

import dev.kedge.production.Finding;
import dev.kedge.production.ProductionRule;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/** Notices have titles and messages, which are not for everyone on the way. */
@Singleton
class WebhookRule implements ProductionRule {
  private final WebhookConfig config;

  WebhookRule(WebhookConfig config) {
    this.config = config;
  }

  @Override
  public Stream<Finding> findings() {
    return config.url().stream()
        .flatMap(url -> Finding.ofOpenWay("kedge.webhook.url", url, "notices"));
  }
}
