package dev.kedge.gateway.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** An OIDC issuer of tokens on loopback. */
public final class Issuer implements QuarkusTestResourceLifecycleManager {
  static final String AUDIENCE = "kedge";

  private static final String KEY_ID = "first";
  private static final KeyPair KEYS = keys();
  private static String address;

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    address = "http://127.0.0.1:" + server.getAddress().getPort();
    serve(
        "/.well-known/openid-configuration",
        """
        {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "token_endpoint": "%1$s/token",
         "authorization_endpoint": "%1$s/authorize", "end_session_endpoint": "%1$s/end-session"}"""
            .formatted(address));
    RSAPublicKey key = (RSAPublicKey) KEYS.getPublic();
    serve(
        "/keys",
        """
        {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "%s", "n": "%s", "e": "%s"}]}"""
            .formatted(KEY_ID, text(key.getModulus()), text(key.getPublicExponent())));
    server.createContext("/token", Issuer::exchange);
    server.start();
    return Map.of(
        "kedge.access.required",
        "true",
        "quarkus.oidc.auth-server-url",
        address,
        // So the first token meets an issuer that has yet to be asked.
        "quarkus.oidc.jwks.resolve-early",
        "false",
        "quarkus.oidc.client-id",
        AUDIENCE,
        "quarkus.oidc.credentials.secret",
        "a secret that the issuer and the gateway share",
        "quarkus.oidc.token.audience",
        AUDIENCE);
  }

  private void serve(String path, String json) {
    server.createContext(path, exchange -> answer(exchange, json));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** What somebody has who has signed in here: a code that says who they are. */
  static String code(String name, String... grants) {
    String said = name + " " + String.join(" ", grants);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(said.getBytes(StandardCharsets.UTF_8));
  }

  private static void exchange(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String code = form.replaceFirst("(?s).*(?:^|&)code=([^&]*).*", "$1");
    String[] said =
        new String(Base64.getUrlDecoder().decode(code), StandardCharsets.UTF_8).split(" ", -1);
    String token = token(said[0], Arrays.copyOfRange(said, 1, said.length));
    answer(
        exchange,
        """
        {"access_token": "%1$s", "id_token": "%1$s", "token_type": "Bearer", "expires_in": 60}"""
            .formatted(token));
  }

  /** A token that holds for a minute. */
  static String token(String name, String... grants) {
    return token(KEYS, AUDIENCE, Instant.now().plus(Duration.ofMinutes(1)), name, grants);
  }

  /** A token that expired some time ago. */
  static String expired(String name, String... grants) {
    return token(KEYS, AUDIENCE, Instant.now().minus(Duration.ofMinutes(5)), name, grants);
  }

  /** A token that was made for something else. */
  static String forOthers(String name, String... grants) {
    return token(KEYS, "mail", Instant.now().plus(Duration.ofMinutes(1)), name, grants);
  }

  /** A token that somebody else has signed in the issuer's name. */
  static String forged(String name, String... grants) {
    return token(keys(), AUDIENCE, Instant.now().plus(Duration.ofMinutes(1)), name, grants);
  }

  private static String token(
      KeyPair keys, String audience, Instant end, String name, String... grants) {
    return Jwt.issuer(address)
        .audience(audience)
        .subject("id-of-" + name)
        .preferredUserName(name)
        .groups(Set.of(grants))
        .issuedAt(end.minus(Duration.ofMinutes(2)))
        .expiresAt(end)
        .jws()
        .keyId(KEY_ID)
        .sign(keys.getPrivate());
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
