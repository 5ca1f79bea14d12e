package dev.kedge.gateway;

import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CompareExperimentsRequest;
import dev.kedge.v1.SkipStageRequest;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * A line in the log {@value #NAME} for everything that somebody does or takes a copy of, granted or
 * refused, and for whatever was refused for want of a token or a role, or because it was asked too
 * often: what, to what, by whom, from where, and how it ended. Whoever only reads leaves none.
 */
@GlobalInterceptor
@ApplicationScoped
public class AuditTrail implements ServerInterceptor, Prioritized {
  /** Before all that may refuse a call. */
  public static final int PRIORITY = 1_000;

  /** The service that everybody may ask, and of which no trail is left. */
  public static final String HEALTH = "grpc.health.v1.Health";

  static final String NAME = "dev.kedge.audit";

  /** Beside health: what `kedge up` calls of itself, in its own process. */
  private static final Pattern LEAVES_NONE =
      Pattern.compile(Pattern.quote(HEALTH) + "|kedge\\.stage\\..*");

  private static final Logger LOG = Logger.getLogger(NAME);
  private static final Context.Key<Deed<?, ?>> DEED = Context.key("deed");

  /**
   * Calls that change nothing, and take nothing away. What is uploaded changes nothing until
   * something is made of it. A report and what a model said of each sample are copies of what the
   * project has found.
   */
  private static final Pattern READS =
      Pattern.compile(
          "(?!GetReport|ListPredictions)(Get|List|Watch|Plan|Check).*|UploadBlob|ServerReflectionInfo");

  /** Whoever is refused is written down, whatever it was. */
  private static final Set<Status.Code> REFUSED =
      Set.of(
          Status.Code.UNAUTHENTICATED,
          Status.Code.PERMISSION_DENIED,
          Status.Code.RESOURCE_EXHAUSTED);

  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{Print}]");
  private static final int LONGEST_SUBJECT = 400;

  @Override
  public int getPriority() {
    return PRIORITY;
  }

  /** Says who made the call that is being begun. */
  public static void calledBy(String name) {
    Deed<?, ?> deed = DEED.get();
    if (deed != null) {
      deed.by = name;
    }
  }

  /**
   * Writes down what was done, unless it was only looked at.
   *
   * @param action the method of the API
   * @param from the caller's address
   */
  public static void write(
      String action, String subject, String by, String from, Status.Code status) {
    if (READS.matcher(action).matches() && !REFUSED.contains(status)) {
      return;
    }
    String what = printable(subject);
    String who = printable(by);
    MDC.put("action", action);
    MDC.put("subject", what);
    MDC.put("by", who);
    MDC.put("from", from);
    MDC.put("status", status);
    LOG.infof("%s %s by %s from %s: %s", action, what, who, from, status);
    Stream.of("action", "subject", "by", "from", "status").forEach(MDC::remove);
  }

  /** What is compared: both are looked into. */
  public static String subject(CompareExperimentsRequest request) {
    return request.getName() + " and " + request.getOther();
  }

  /** Names come from outside: none may end the line, or fill the disk. */
  private static String printable(String text) {
    String line = UNPRINTABLE.matcher(text).replaceAll("?");
    return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT) + "…";
  }

  /** The address that a call comes from: a proxy's, where there is one before the gateway. */
  public static String from(ServerCall<?, ?> call) {
    SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return address instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : "somewhere";
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (LEAVES_NONE.matcher(call.getMethodDescriptor().getServiceName()).matches()) {
      return next.startCall(call, headers);
    }
    Deed<Q, A> deed = new Deed<>(call);
    Context context = Context.current().withValue(DEED, deed);
    return new SimpleForwardingServerCallListener<>(
        Contexts.interceptCall(context, deed, headers, next)) {
      @Override
      public void onMessage(Q message) {
        deed.asked(message);
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        deed.ended(Status.CANCELLED);
        super.onCancel();
      }
    };
  }

  /** A call that is written down once it has ended. */
  private static final class Deed<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private volatile String subject = "";
    private volatile String by = "anonymous";

    /** Says what would happen, and does nothing. */
    private volatile boolean isRehearsal;

    Deed(ServerCall<Q, A> call) {
      super(call);
    }

    void asked(Q request) {
      text(request, "name", "parent", "checkpoint").ifPresent(text -> subject = text);
      if (request instanceof CompareExperimentsRequest compared) {
        subject = subject(compared);
      }
      isRehearsal =
          (request instanceof SkipStageRequest skip && skip.getValidateOnly())
              || (request instanceof CollectGarbageRequest collect && !collect.getRemove());
    }

    @Override
    public void sendMessage(A answer) {
      // What was made has its name only now.
      text(answer, "name").ifPresent(text -> subject = text);
      super.sendMessage(answer);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      ended(status);
      super.close(status, trailers);
    }

    void ended(Status status) {
      if (!isRehearsal || REFUSED.contains(status.getCode())) {
        write(getMethodDescriptor().getBareMethodName(), subject, by, from(this), status.getCode());
      }
    }

    private static Optional<String> text(Object message, String... fields) {
      return TextFields.of(message, fields).findFirst();
    }
  }
}
