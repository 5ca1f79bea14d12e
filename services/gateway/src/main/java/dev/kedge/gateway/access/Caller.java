package dev.kedge.gateway.access;

import io.grpc.Context;

/**
 * Who calls.
 *
 * @param name as the token says it, for records and logs
 */
public record Caller(String name) {
  /** Where nobody is asked who they are. */
  static final Caller ANONYMOUS = new Caller("anonymous");

  static final Context.Key<Caller> KEY = Context.keyWithDefault("caller", ANONYMOUS);

  /** Who made the call that this thread works on. */
  public static Caller current() {
    return KEY.get();
  }
}
