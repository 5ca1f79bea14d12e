package dev.kedge.gateway.pages;

import com.google.common.net.InetAddresses;
import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * What a browser may do here on behalf of other sites: nothing. A name that was not expected, which
 * somebody may have pointed here, is not answered; what changes something comes from a page of this
 * site; and pages hold no script, style, frame or form of elsewhere.
 */
public class PageGuard {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final String LOCAL = "localhost";

  /** Browsers that have come by TLS come by nothing else for so many seconds. */
  private static final String A_YEAR = "max-age=31536000";

  private final PagesConfig config;

  PageGuard(PagesConfig config) {
    this.config = config;
  }

  /** Refuses what comes under another name or from another site. */
  @ServerRequestFilter(preMatching = true)
  public void admit(ContainerRequestContext request) {
    if (!config.enabled()) {
      throw refused(
          Refusal.notFound(
              "PAGES_OFF", "there is no dashboard here: kedge.pages.enabled is false"));
    }
    URI site = request.getUriInfo().getBaseUri();
    if (!isExpected(site.getHost())) {
      throw refused(
          Refusal.denied(
              "HOST_UNKNOWN",
              "this is not known to be `%s`: add it to kedge.pages.hosts, or use an address or localhost"
                  .formatted(site.getHost())));
    }
    if (!isRead(request.getMethod()) && !isOf(site, request.getHeaderString("Origin"))) {
      throw refused(
          Refusal.denied(
              "ORIGIN_FOREIGN",
              "this did not come from a page of this site: open it here, and try again"));
    }
  }

  private static RuntimeException refused(Refusal why) {
    return Failures.toStatus(why);
  }

  private boolean isExpected(String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals(LOCAL)
        || InetAddresses.isUriInetAddress(name)
        || config.hosts().orElse(Set.of()).contains(name);
  }

  private static boolean isRead(String method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  /** A proxy may speak TLS in front of this process: the scheme says nothing. */
  private static boolean isOf(URI site, String origin) {
    return Optional.ofNullable(origin)
        .filter(text -> text.matches("https?://[^/\\s]+"))
        .map(text -> text.substring(text.indexOf("//") + 2))
        .filter(site.getAuthority()::equalsIgnoreCase)
        .isPresent();
  }

  /** Says what pages may hold. */
  @ServerResponseFilter
  public void protect(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    if (request.getSecurityContext().isSecure()) {
      headers.putSingle("Strict-Transport-Security", A_YEAR);
    }
    headers.putSingle("Content-Security-Policy", POLICY);
    headers.putSingle("X-Content-Type-Options", "nosniff");
    headers.putSingle("Referrer-Policy", "same-origin");
    headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
    headers.putSingle("Cross-Origin-Resource-Policy", "same-origin");
    if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }
}
