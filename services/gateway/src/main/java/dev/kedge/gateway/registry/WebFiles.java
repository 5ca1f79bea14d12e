package dev.kedge.gateway.registry;

import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Refusal;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Files that are fetched from the web, presigned addresses for example. They go to the store as
 * they come. What follows the {@code ?} of an address may be a secret and is told to nobody.
 */
@ApplicationScoped
public class WebFiles {
  private static final int MOST = 10_000;
  private static final int MOST_REDIRECTS = 5;
  private static final String FIELD = "urls";

  private final PublicAddresses addresses;
  private final MemorySize largest;
  private final OkHttpClient client;

  WebFiles(GatewayConfig config) {
    this.addresses = new PublicAddresses(config.fetchFromPrivateNetworks());
    this.largest = config.largestFetchedFile();
    this.client =
        new OkHttpClient.Builder()
            .dns(addresses)
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(Duration.ofSeconds(10))
            .readTimeout(Duration.ofSeconds(60))
            .build();
  }

  /**
   * Fetches files into a project as one artifact, each under the last name of its address.
   *
   * @param urls http or https
   */
  Digest store(ProjectStore project, String kind, List<String> urls) {
    if (urls.size() > MOST) {
      throw refused("%d addresses are named: name at most %d".formatted(urls.size(), MOST));
    }
    SortedMap<String, HttpUrl> named = named(urls);
    List<Callable<Blob>> fetching = new ArrayList<>();
    named.values().forEach(url -> fetching.add(() -> fetch(project, url)));
    SortedMap<String, Blob> files = new TreeMap<>();
    try (Crew crew = new Crew()) {
      List<Blob> blobs = crew.all(fetching);
      named.keySet().forEach(name -> files.put(name, blobs.get(files.size())));
    }
    return project.artifacts().put(new Artifact(kind, files));
  }

  private static SortedMap<String, HttpUrl> named(List<String> urls) {
    SortedMap<String, HttpUrl> named = new TreeMap<>();
    for (String text : urls) {
      HttpUrl url = HttpUrl.parse(text);
      if (url == null) {
        throw refused("`%s` is no http or https address".formatted(text.replaceAll("\\?.*", "?…")));
      }
      String name = url.pathSegments().get(url.pathSize() - 1);
      if (!name.matches("[^/\\\\\\p{Cntrl}]+") || name.equals(".") || name.equals("..")) {
        throw refused("%s does not end in the name of a file".formatted(told(url)));
      }
      if (named.put(name, url) != null) {
        throw refused("two addresses end in %s: give the files different names".formatted(name));
      }
    }
    return named;
  }

  private Blob fetch(ProjectStore project, HttpUrl url) {
    try (Response response = get(url)) {
      long size = response.body().contentLength();
      if (size < 0 || size > largest.asLongValue()) {
        throw refused(
            "%s is of %s; fetched are files of up to %,d bytes, whose server says how long they are"
                .formatted(
                    told(url),
                    size < 0 ? "unknown length" : "%,d bytes".formatted(size),
                    largest.asLongValue()));
      }
      return project.blobs().write(size, out -> transfer(response.body().byteStream(), url, out));
    } catch (IOException e) {
      throw failed(url, e);
    }
  }

  private static void transfer(InputStream in, HttpUrl url, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int read = read(in, buffer, url); read >= 0; read = read(in, buffer, url)) {
      out.write(buffer, 0, read);
    }
  }

  private static int read(InputStream in, byte[] buffer, HttpUrl url) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw failed(url, e);
    }
  }

  private Response get(HttpUrl first) throws IOException {
    HttpUrl url = first;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      addresses.lookup(url.host());
      Response response = client.newCall(request(url)).execute();
      if (response.isSuccessful()) {
        return response;
      }
      try (response) {
        url = followed(url, response);
      }
    }
    throw refused("%s leads on more than %d times".formatted(told(first), MOST_REDIRECTS));
  }

  private static Request request(HttpUrl url) {
    return new Request.Builder().url(url).header("Accept-Encoding", "identity").build();
  }

  private static HttpUrl followed(HttpUrl url, Response response) {
    String location = response.header("Location");
    if (!response.isRedirect() || location == null) {
      throw refused(
          "the server of %s answers %d: a presigned address may have expired"
              .formatted(told(url), response.code()));
    }
    HttpUrl next = url.resolve(location);
    if (next == null || (url.isHttps() && !next.isHttps())) {
      throw refused("%s leads on to what is no %s address".formatted(told(url), url.scheme()));
    }
    return next;
  }

  /** Without what may be a secret. */
  private static String told(HttpUrl url) {
    return "%s://%s%s".formatted(url.scheme(), url.host(), url.encodedPath());
  }

  private static Refusal failed(HttpUrl url, IOException e) {
    return Refusal.invalid(
        "URL_UNREACHABLE",
        FIELD,
        "%s cannot be fetched: %s".formatted(told(url), e.getMessage()),
        e);
  }

  private static Refusal refused(String message) {
    return Refusal.invalid("URL_INVALID", FIELD, message);
  }
}
