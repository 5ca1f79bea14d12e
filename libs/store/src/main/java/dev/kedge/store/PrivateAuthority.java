package dev.kedge.store;

import io.minio.Http;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Connections to a store whose certificate an authority of one's own has signed. */
final class PrivateAuthority {
  /** A connection that takes up an earlier session would go by the certificate of that time. */
  private static final int REMEMBERED_SECONDS = 1;

  private PrivateAuthority() {}

  static OkHttpClient client(X509TrustManager authority) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {authority}, null);
      tls.getClientSessionContext().setSessionTimeout(REMEMBERED_SECONDS);
      return Http.newDefaultClient()
          .newBuilder()
          .sslSocketFactory(tls.getSocketFactory(), authority)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS to the object store cannot be set up", e);
    }
  }
}
