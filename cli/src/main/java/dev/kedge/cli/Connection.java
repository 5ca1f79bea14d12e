package dev.kedge.cli;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the command reaches a gateway: by {@code HOST:PORT} without encryption, by {@code
 * https://HOST:PORT} with it. The environment says who calls: {@code KEDGE_TOKEN}, or {@code
 * KEDGE_TOKEN_FILE}, which is read for each call, since tokens are renewed; and with {@code
 * KEDGE_CA} which authority signs the gateway's certificate, where that is not one of those that
 * the JDK knows.
 */
final class Connection {
  /** A report's page is large. */
  private static final int LARGEST_MESSAGE = 64 << 20;

  private static final String TLS = "https://";
  private static final String TOKEN_FILE = "KEDGE_TOKEN_FILE";
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1])(:\\d+)?");

  /**
   * A gateway that is asked too often says how long to wait, and one whose store is full that it is
   * no use: gRPC's client goes by both.
   */
  private static final Map<String, ?> AGAIN_WHEN_TOLD =
      Map.of(
          "methodConfig",
          List.of(
              Map.of(
                  "name",
                  List.of(Map.of()),
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      5.0,
                      "initialBackoff",
                      "1s",
                      "maxBackoff",
                      "10s",
                      "backoffMultiplier",
                      2.0,
                      "retryableStatusCodes",
                      List.of("RESOURCE_EXHAUSTED")))));

  private final Map<String, String> environment;

  Connection(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * A channel; nothing is sent before its first call.
   *
   * @throws UserMistakeException if the address or a file of the environment is none, or a token
   *     would be sent where others can read it
   */
  ManagedChannel to(String server) {
    boolean isEncrypted = server.startsWith(TLS);
    String target = isEncrypted ? server.substring(TLS.length()).replaceFirst("/$", "") : server;
    ChannelCredentials credentials = isEncrypted ? tls() : InsecureChannelCredentials.create();
    Bearer bearer = new Bearer();
    if (bearer.isThere() && !isEncrypted && !THIS_MACHINE.matcher(target).matches()) {
      throw new UserMistakeException(
          "the token (KEDGE_TOKEN or KEDGE_TOKEN_FILE) would be sent to %s where others can read it: write --server https://%s"
              .formatted(server, server));
    }
    try {
      ManagedChannelBuilder<?> builder =
          Grpc.newChannelBuilder(target, credentials)
              .maxInboundMessageSize(LARGEST_MESSAGE)
              .defaultServiceConfig(AGAIN_WHEN_TOLD);
      return bearer.isThere() ? builder.intercept(bearer).build() : builder.build();
    } catch (IllegalArgumentException unknownForm) {
      throw new UserMistakeException(
          "--server is `%s`, which is no address: write HOST:PORT, or https://HOST:PORT"
              .formatted(server));
    }
  }

  private ChannelCredentials tls() {
    String authority = environment.get("KEDGE_CA");
    if (authority == null) {
      return TlsChannelCredentials.create();
    }
    try {
      byte[] pem = Files.readAllBytes(Path.of(authority));
      if (CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))
          .isEmpty()) {
        throw new CertificateException("it has none");
      }
      return TlsChannelCredentials.newBuilder().trustManager(new ByteArrayInputStream(pem)).build();
    } catch (IOException | CertificateException e) {
      throw new UserMistakeException(
          "KEDGE_CA is %s, which is no PEM file of certificates that can be read: %s"
              .formatted(authority, e.getMessage()));
    }
  }

  /** Sends the token with each call. */
  private final class Bearer implements ClientInterceptor {
    private static final String HEADER = "authorization";

    boolean isThere() {
      return !environment.getOrDefault("KEDGE_TOKEN", "").isBlank()
          || environment.containsKey(TOKEN_FILE);
    }

    private String token() {
      String file = environment.get(TOKEN_FILE);
      if (file == null) {
        return environment.get("KEDGE_TOKEN").strip();
      }
      try {
        return Files.readString(Path.of(file)).strip();
      } catch (IOException e) {
        throw new UserMistakeException(
            "%s is %s, which cannot be read: %s".formatted(TOKEN_FILE, file, e.getMessage()));
      }
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          headers.put(
              Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token());
          super.start(listener, headers);
        }
      };
    }
  }
}
