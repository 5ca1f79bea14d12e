package dev.kedge.gateway.registry;

import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Refusal;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Files that are fetched from the web, presigned addresses for example. They go to the store as
 * they come, within limits of bytes and time. What follows the {@code ?} of an address may be a
 * secret and is told to nobody.
 */
@ApplicationScoped
public class WebFiles {
  private static final int MOST = 10_000;
  private static final int MOST_REDIRECTS = 5;
  private static final String FIELD = "urls";

  private final GatewayConfig config;
  private final PublicAddresses addresses;
  private final Duration patience;
  private final OkHttpClient client;

  @Inject
  WebFiles(GatewayConfig config) {
    this(config, Duration.ofMinutes(1));
  }

  /**
   * With another patience.
   *
   * @param patience how long an answer is waited for, and how much waiting for bytes is averaged
   */
  WebFiles(GatewayConfig config, Duration patience) {
    this.config = config;
    this.addresses = new PublicAddresses(config.fetchFromPrivateNetworks());
    this.patience = patience;
    this.client =
        new OkHttpClient.Builder()
            .dns(addresses)
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(Duration.ofSeconds(10))
            .readTimeout(patience)
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
    FetchBudget budget =
        new FetchBudget(config.largestFetchedImport().asLongValue(), config.longestFetch());
    List<Callable<Blob>> fetching = new ArrayList<>();
    named.values().forEach(url -> fetching.add(() -> fetch(project, url, budget)));
    SortedMap<String, Blob> files = new TreeMap<>();
    try (ParallelRequests requests = new ParallelRequests()) {
      List<Blob> blobs = requests.all(fetching);
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

  private Blob fetch(ProjectStore project, HttpUrl url, FetchBudget budget) {
    try (Response response = get(url, budget)) {
      long size = size(response, url, budget);
      InputStream body =
          new WebStream(
              response.body().byteStream(), budget, config.slowestFetch().asLongValue(), patience);
      return project.blobs().write(size, out -> transfer(body, url, out));
    } catch (IOException e) {
      throw failed(url, e);
    }
  }

  private long size(Response response, HttpUrl url, FetchBudget budget) {
    long size = response.body().contentLength();
    long largest = config.largestFetchedFile().asLongValue();
    if (size < 0 || size > largest) {
      throw refused(
          "%s is of %s; fetched are files of up to %,d bytes, whose server says how long they are"
              .formatted(
                  told(url), size < 0 ? "unknown length" : "%,d bytes".formatted(size), largest));
    }
    if (!budget.take(size)) {
      throw refused(
          "the files are of more than %,d bytes in all: name fewer, or let the operator raise kedge.gateway.largest-fetched-import"
              .formatted(config.largestFetchedImport().asLongValue()));
    }
    return size;
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

  private Response get(HttpUrl first, FetchBudget budget) throws IOException {
    HttpUrl url = first;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      budget.requireTime();
      requirePort(url);
      addresses.lookup(url.host());
      Response response = answer(url);
      if (response.isSuccessful()) {
        return response;
      }
      try (response) {
        url = followed(url, response);
      }
    }
    throw refused("%s leads on more than %d times".formatted(told(first), MOST_REDIRECTS));
  }

  /** On the other ports of a machine there are seldom files, and often what is for few. */
  private void requirePort(HttpUrl url) {
    if (!config.fetchPorts().contains(url.port())) {
      throw refused(
          "%s is on port %d, and files are fetched from %s alone: upload the data, or let the operator add the port to kedge.gateway.fetch-ports"
              .formatted(told(url), url.port(), new TreeSet<>(config.fetchPorts())));
    }
  }

  /** A server may send its headers byte by byte: what is waited for is all of them. */
  private Response answer(HttpUrl url) throws IOException {
    Call call = client.newCall(request(url));
    CompletableFuture<Void> late = new CompletableFuture<>();
    CompletableFuture<Void> unused = late.thenRun(call::cancel);
    late.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
    Response response;
    try {
      response = call.execute();
    } catch (IOException e) {
      throw late.cancel(false) ? e : unanswered(e);
    }
    // What came just when it was given up is cancelled in the midst of its file.
    if (!late.cancel(false)) {
      response.close();
      throw unanswered(null);
    }
    return response;
  }

  private static IOException unanswered(IOException cause) {
    return new IOException("its server does not answer", cause);
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
