package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.access.SignOut;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The end of a session. */
@Path("/pages/sign-out")
@Blocking
public class SigningOut {
  private final SignOut signOut;

  SigningOut(SignOut signOut) {
    this.signOut = signOut;
  }

  /** Signs out, of this site alone: a form must not lead to another one. */
  @POST
  public Response here() {
    try {
      signOut.here();
    } catch (RuntimeException e) {
      throw Failures.toStatus(e);
    }
    return Response.seeOther(URI.create("/pages/sign-out/done")).build();
  }

  /** What is left to do. */
  @GET
  @Path("done")
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance done() {
    try {
      return Templates.signedout(Frames.Frame.NONE, signOut.atIssuer().orElse(""));
    } catch (RuntimeException e) {
      throw Failures.toStatus(e);
    }
  }
}
