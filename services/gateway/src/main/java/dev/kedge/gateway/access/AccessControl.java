package dev.kedge.gateway.access;

import com.google.common.base.Throwables;
import dev.kedge.gateway.AuditTrail;
import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.TextFields;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.InvalidJwtException;

/**
 * Lets a call through if its caller has not made too many, and its token grants the {@link Role}
 * that the method needs, in the project that its first message names. Health can be asked by
 * everybody, and as often as they like. A stream that has begun goes on when its token expires.
 */
@GlobalInterceptor
@ApplicationScoped
public class AccessControl implements ServerInterceptor, Prioritized {
  private static final Logger LOG = Logger.getLogger(AccessControl.class);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+) *");

  private final AccessConfig config;
  private final TenantIdentityProvider identities;
  private final CallLimit limit;

  AccessControl(AccessConfig config, TenantIdentityProvider identities, CallLimit limit) {
    this.config = config;
    this.identities = identities;
    this.limit = limit;
  }

  /** After the audit trail, which writes down what is refused as well. */
  @Override
  public int getPriority() {
    return AuditTrail.PRIORITY - 1;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (AuditTrail.HEALTH.equals(call.getMethodDescriptor().getServiceName())) {
      return next.startCall(call, headers);
    }
    if (!config.required()) {
      Optional<Refusal> tooMany = limit.unknown(AuditTrail.from(call));
      return tooMany.isPresent() ? refuse(call, tooMany.get()) : next.startCall(call, headers);
    }
    Optional<String> token = token(headers);
    if (token.isEmpty()) {
      return refuseNobody(
          call,
          () ->
              Refusal.unauthenticated(
                  "TOKEN_MISSING",
                  "this gateway asks who calls: send a token of its issuer (KEDGE_TOKEN for the command)"));
    }
    DelayedListener<Q> listener = new DelayedListener<>();
    CallState state = CallState.captured();
    identities
        .authenticate(new AccessTokenCredential(token.get()))
        .subscribe()
        .with(
            identity ->
                state.run(() -> listener.hand(admitOrRefuse(call, headers, next, identity))),
            failure -> listener.hand(refuseNobody(call, () -> invalid(failure))));
    return listener;
  }

  /** What is thrown here would be lost, and the call left without an answer. */
  private <Q, A> ServerCall.Listener<Q> admitOrRefuse(
      ServerCall<Q, A> call,
      Metadata headers,
      ServerCallHandler<Q, A> next,
      SecurityIdentity identity) {
    try {
      return admit(call, headers, next, identity);
    } catch (RuntimeException broken) {
      return refuse(call, broken);
    }
  }

  private static Optional<String> token(Metadata headers) {
    return Optional.ofNullable(headers.get(AUTHORIZATION))
        .map(BEARER::matcher)
        .filter(Matcher::matches)
        .map(bearer -> bearer.group(1));
  }

  /**
   * Why a token does not hold is for the log: it may help somebody who guesses. Messages may have
   * parts of the token in them, or lines that whoever sent it has made up.
   */
  private static Refusal invalid(Throwable failure) {
    Throwable cause = Throwables.getRootCause(failure);
    String codes =
        cause instanceof InvalidJwtException jwt
            ? jwt.getErrorDetails().stream().map(one -> "" + one.getErrorCode()).toList().toString()
            : "";
    LOG.infof("a token was refused: %s %s", cause.getClass().getSimpleName(), codes);
    return Refusal.unauthenticated(
        "TOKEN_INVALID",
        "the token is not one that this gateway's issuer has signed for it, or it has expired: get a new one");
  }

  private <Q, A> ServerCall.Listener<Q> admit(
      ServerCall<Q, A> call,
      Metadata headers,
      ServerCallHandler<Q, A> next,
      SecurityIdentity identity) {
    Grantee grantee = Grantee.of(identity);
    AuditTrail.calledBy(grantee.caller().name());
    Optional<Refusal> tooMany = limit.known(grantee.caller());
    if (tooMany.isPresent()) {
      return refuse(call, tooMany.get());
    }
    Context known = Context.current().withValue(Caller.KEY, grantee.caller());
    return new Admission<>(call, grantee, Contexts.interceptCall(known, call, headers, next));
  }

  /** Whoever shows no token that holds may not try as often as they like, either. */
  private <Q> ServerCall.Listener<Q> refuseNobody(ServerCall<Q, ?> call, Supplier<Refusal> why) {
    return refuse(call, limit.unknown(AuditTrail.from(call)).orElseGet(why));
  }

  private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, RuntimeException why) {
    StatusRuntimeException status = Failures.toStatus(why);
    call.close(
        status.getStatus(), Optional.ofNullable(status.getTrailers()).orElseGet(Metadata::new));
    return new ServerCall.Listener<>() {};
  }

  /** A call whose first message says what project it is about. */
  private static final class Admission<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final Grantee grantee;
    private boolean admitted;
    private boolean refused;

    Admission(ServerCall<Q, ?> call, Grantee grantee, ServerCall.Listener<Q> next) {
      super(next);
      this.call = call;
      this.grantee = grantee;
    }

    @Override
    public void onMessage(Q message) {
      if (!admitted && !refused) {
        Optional<Refusal> why = refusal(message);
        refused = why.isPresent();
        admitted = !refused;
        if (refused) {
          refuse(call, why.get());
          // What has been begun for the call need not wait for more.
          super.onCancel();
        }
      }
      if (admitted) {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }

    /** What names two projects names none. */
    private Optional<Refusal> refusal(Q message) {
      String name =
          TextFields.of(message, "parent", "name")
              .reduce(
                  (one, other) -> Grantee.project(one).equals(Grantee.project(other)) ? one : "")
              .orElse("");
      return grantee.refusal(call.getMethodDescriptor().getBareMethodName(), name);
    }
  }
}
