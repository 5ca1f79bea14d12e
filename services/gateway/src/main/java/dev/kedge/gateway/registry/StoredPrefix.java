package dev.kedge.gateway.registry;

import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.FolderContents;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects that lie in the platform's own bucket already, under a prefix that is for imports. */
@ApplicationScoped
public class StoredPrefix {
  private static final Pattern URI = Pattern.compile("s3://(?<bucket>[^/]+)/(?<prefix>.+)");

  /** Some stores pass over a slash too many, and some clients take dots for folders. */
  private static final Pattern DOUBTFUL = Pattern.compile("//|(^|/)\\.{1,2}(/|$)");

  /** What is the platform's own, whatever is allowed. */
  private static final String OWN = "projects/";

  private static final int PAGE = 1000;

  private final Projects projects;
  private final List<String> allowed;

  StoredPrefix(Projects projects, GatewayConfig config) {
    this.projects = projects;
    this.allowed =
        config.importPrefixes().stream()
            .map(prefix -> prefix.endsWith("/") ? prefix : prefix + "/")
            .filter(prefix -> !prefix.startsWith(OWN))
            .toList();
  }

  /**
   * Copies the objects into a project as one artifact.
   *
   * @param uri {@code s3://BUCKET/PREFIX}; a prefix that names an object is that object
   */
  Digest store(ProjectStore project, String kind, String uri) {
    String prefix = prefix(uri);
    SortedMap<String, Blob> files = new TreeMap<>();
    try (ParallelRequests requests = new ParallelRequests()) {
      List<ObjectInfo> objects = all(prefix, requests);
      List<Blob> copies =
          requests.all(objects.stream().map(object -> copying(project, object)).toList());
      for (int i = 0; i < copies.size(); i++) {
        files.put(path(prefix, objects.get(i).key()), copies.get(i));
      }
    }
    if (files.isEmpty()) {
      throw Refusal.invalid("DATASET_UNUSABLE", "uri", "nothing lies under " + uri);
    }
    try {
      return project.artifacts().put(new Artifact(kind, files));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("PATH_INVALID", "uri", e.getMessage(), e);
    }
  }

  private String prefix(String uri) {
    Matcher matcher = URI.matcher(uri);
    if (!matcher.matches() || !matcher.group("bucket").equals(projects.bucket())) {
      throw Refusal.invalid(
          "URI_INVALID",
          "uri",
          "`%s` is not s3://%s/PREFIX: copy the data into the platform's bucket, or upload it"
              .formatted(uri, projects.bucket()));
    }
    String prefix = matcher.group("prefix");
    if (allowed.stream().noneMatch((prefix + "/")::startsWith) || DOUBTFUL.matcher(prefix).find()) {
      throw Refusal.invalid(
          "URI_INVALID",
          "uri",
          "`%s` does not lie under %s: copy the data there, or let the operator add to kedge.gateway.import-prefixes"
              .formatted(uri, String.join(" or ", allowed.stream().map(this::told).toList())));
    }
    return prefix;
  }

  private String told(String allowedPrefix) {
    return "s3://%s/%s".formatted(projects.bucket(), allowedPrefix);
  }

  /** The object of this very name, and all in the folder of it, folder by folder. */
  private List<ObjectInfo> all(String prefix, ParallelRequests requests) {
    ObjectStore store = projects.objects();
    List<ObjectInfo> all = new ArrayList<>();
    if (allowed.stream().anyMatch(prefix::startsWith) && !prefix.endsWith("/")) {
      store.head(prefix).ifPresent(all::add);
    }
    FolderContents top = store.folder(prefix.endsWith("/") ? prefix : prefix + "/");
    all.addAll(top.objects());
    List<Callable<List<ObjectInfo>>> listing = new ArrayList<>();
    top.folders().forEach(folder -> listing.add(() -> under(folder)));
    requests.all(listing).forEach(all::addAll);
    return all.stream().filter(object -> !object.key().endsWith("/")).toList();
  }

  private List<ObjectInfo> under(String folder) {
    List<ObjectInfo> all = new ArrayList<>();
    String after = "";
    List<ObjectInfo> page;
    do {
      page = projects.objects().list(folder, after, PAGE);
      all.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1).key();
    } while (page.size() == PAGE);
    return all;
  }

  private static String path(String prefix, String key) {
    return key.equals(prefix)
        ? key.substring(key.lastIndexOf('/') + 1)
        : key.substring(prefix.length()).replaceFirst("^/", "");
  }

  private Callable<Blob> copying(ProjectStore project, ObjectInfo object) {
    return () -> copy(project, object);
  }

  private Blob copy(ProjectStore project, ObjectInfo object) {
    return project
        .blobs()
        .write(
            object.size(),
            out -> {
              if (object.size() > 0) {
                try (InputStream in = projects.objects().open(object.key(), 0, object.size())) {
                  in.transferTo(out);
                }
              }
            });
  }
}
