package dev.kedge.tracing;

import io.opentelemetry.api.common.AttributeKey;

/**
 * What spans say of the work. Nothing else about it goes in: no prompts, no samples, no messages,
 * nothing that people have written.
 */
public final class Fields {
  /** The project's id. */
  public static final AttributeKey<String> PROJECT = AttributeKey.stringKey("kedge.project");

  /** The experiment's id. */
  public static final AttributeKey<String> EXPERIMENT = AttributeKey.stringKey("kedge.experiment");

  /** The stage's id within its experiment. */
  public static final AttributeKey<String> STAGE = AttributeKey.stringKey("kedge.stage");

  /** The stage's kind. */
  public static final AttributeKey<String> KIND = AttributeKey.stringKey("kedge.kind");

  /** The stage's key, by which equal work is found. */
  public static final AttributeKey<String> KEY = AttributeKey.stringKey("kedge.key");

  /** The number of the lease under which a service works. */
  public static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("kedge.attempt");

  /** How work ended: a word of metrics, or the reason of a failure. */
  public static final AttributeKey<String> END = AttributeKey.stringKey("kedge.end");

  private Fields() {}
}
