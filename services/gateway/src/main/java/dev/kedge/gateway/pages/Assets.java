package dev.kedge.gateway.pages;

import dev.kedge.report.page.ReportPage;
import dev.kedge.store.Digest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Style, script and icon of the pages. The report's style is that of all pages. */
@Path("/pages")
public final class Assets {
  private final Map<String, Asset> assets =
      Map.of(
          "report.css", Asset.of("text/css", ReportPage.style()),
          "dashboard.css", Asset.of("text/css", resource("dashboard.css")),
          "live.js", Asset.of("text/javascript", resource("live.js")),
          "kedge.svg", Asset.of("image/svg+xml", resource("kedge.svg")));

  /** One of them; browsers ask each time whether theirs is still right. */
  @GET
  @Path("/{name}")
  public Response get(@PathParam("name") String name, @Context Request request) {
    Asset asset = Optional.ofNullable(assets.get(name)).orElseThrow(NotFoundException::new);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(asset.tag());
    return (unchanged == null ? Response.ok(asset.text(), asset.type()) : unchanged)
        .tag(asset.tag())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }

  private static String resource(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Asset(String type, String text, EntityTag tag) {
    static Asset of(String type, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Asset(
          type + ";charset=UTF-8", text, new EntityTag(Digest.of(bytes).hex().substring(0, 16)));
    }
  }
}
