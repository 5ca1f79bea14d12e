package dev.kedge.gateway.access;

import dev.kedge.gateway.Refusal;
import io.grpc.Context;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Lets whoever is at a page do what their calls of the API may do. That they are known where it is
 * required is Quarkus's policy for the pages' paths, which sends them to the issuer.
 */
@ApplicationScoped
public class PageAccess {
  private final AccessConfig config;
  private final SecurityIdentity identity;
  private final CallLimit limit;

  PageAccess(AccessConfig config, SecurityIdentity identity, CallLimit limit) {
    this.config = config;
    this.identity = identity;
    this.limit = limit;
  }

  /** Whether visitors are asked who they are. */
  public boolean isAsked() {
    return config.required();
  }

  /** Who it is, as records and logs call them. */
  public Caller caller() {
    return config.required() ? grantee().caller() : Caller.ANONYMOUS;
  }

  /** Whether a method of the API is for them. */
  public boolean allows(String method, String name) {
    return !config.required() || grantee().refusal(method, name).isEmpty();
  }

  /**
   * Does what a method of the API does, in their name.
   *
   * @param method for example {@code RetryStage}
   * @param name what it is done to, or what it is made in
   * @param from the address of whoever it is
   * @throws Refusal if it is not for them, or they do it too often
   */
  public <T> T call(String method, String name, String from, Callable<T> work) throws Exception {
    Optional<Refusal> tooMany = config.required() ? limit.known(caller()) : limit.unknown(from);
    if (tooMany.isPresent()) {
      throw tooMany.get();
    }
    if (config.required()) {
      grantee()
          .refusal(method, name)
          .ifPresent(
              why -> {
                throw why;
              });
    }
    return Context.current().withValue(Caller.KEY, caller()).call(work);
  }

  private Grantee grantee() {
    if (identity.isAnonymous()) {
      throw Refusal.unauthenticated(
          "TOKEN_MISSING", "this gateway asks who calls: sign in, or send a token of its issuer");
    }
    return Grantee.of(identity);
  }
}
