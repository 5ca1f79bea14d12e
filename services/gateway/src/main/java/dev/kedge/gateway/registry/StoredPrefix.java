package dev.kedge.gateway.registry;

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

/** Objects that lie in the platform's own bucket already, under a prefix that is nobody's. */
@ApplicationScoped
public class StoredPrefix {
  private static final Pattern URI = Pattern.compile("s3://(?<bucket>[^/]+)/(?<prefix>.+)");
  private static final int PAGE = 1000;

  private final Projects projects;

  StoredPrefix(Projects projects) {
    this.projects = projects;
  }

  /**
   * Copies the objects into a project as one artifact.
   *
   * @param uri {@code s3://BUCKET/PREFIX}; a prefix that names an object is that object
   */
  Digest store(ProjectStore project, String kind, String uri) {
    String prefix = prefix(uri);
    SortedMap<String, Blob> files = new TreeMap<>();
    try (Crew crew = new Crew()) {
      List<ObjectInfo> objects = all(prefix, crew);
      List<Blob> copies =
          crew.all(objects.stream().map(object -> copying(project, object)).toList());
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
    // Some stores pass over a slash at the beginning, or one too many.
    String plain = prefix.replaceAll("/+", "/").replaceFirst("^/", "");
    if (plain.startsWith("projects/") || "projects/".startsWith(plain)) {
      throw Refusal.invalid(
          "URI_INVALID", "uri", "what lies under projects/ is the platform's own");
    }
    return prefix;
  }

  /** The object of this very name, and all in the folder of it, folder by folder. */
  private List<ObjectInfo> all(String prefix, Crew crew) {
    ObjectStore store = projects.objects();
    List<ObjectInfo> all = new ArrayList<>();
    if (!prefix.endsWith("/")) {
      store.head(prefix).ifPresent(all::add);
    }
    FolderContents top = store.folder(prefix.endsWith("/") ? prefix : prefix + "/");
    all.addAll(top.objects());
    List<Callable<List<ObjectInfo>>> listing = new ArrayList<>();
    top.folders().forEach(folder -> listing.add(() -> under(folder)));
    crew.all(listing).forEach(all::addAll);
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
