package dev.kedge.gateway.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.kedge.data.BrokenPictureException;
import dev.kedge.data.HeapTooSmallException;
import dev.kedge.data.IndexSpread;
import dev.kedge.data.IndexedSample;
import dev.kedge.data.PictureDecoder;
import dev.kedge.data.PictureLimits;
import dev.kedge.data.SamplePlaces;
import dev.kedge.data.Transparency;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.text.TextRecord;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.report.sample.Excerpt;
import dev.kedge.report.sample.Thumbnail;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * A few samples of prepared data sets. Pictures are decoded and written anew: nothing that somebody
 * has put into a file comes to a browser. Of a data set this is done once, and at one data set at a
 * time, so that it takes little memory however many ask.
 */
@ApplicationScoped
public class DatasetSamples {
  private static final int MOST = 12;
  private static final int MOST_FIELDS = 12;
  private static final int MOST_CAPTIONS = 2;

  /** Of one sample; larger ones are not looked at. */
  private static final int MOST_BYTES = 8 << 20;

  private static final long MOST_PIXELS = 12_500_000;

  /** Of memory: enough to decode such a picture, of three components. */
  private static final long MOST_DECODING = 88L << 20;

  private static final int KEPT = 64;

  /** How long what could not be looked at is left alone. */
  private static final Duration FAILED = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(DatasetSamples.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Projects projects;
  private final Cache<String, List<Sample>> kept =
      Caffeine.newBuilder()
          .maximumSize(KEPT)
          .expireAfter(
              Expiry.creating(
                  (String artifact, List<Sample> found) ->
                      found.isEmpty() ? FAILED : ChronoUnit.FOREVER.getDuration()))
          .build();

  /** Whoever looks at a data set has it. */
  final Semaphore turn = new Semaphore(1, true);

  private final PictureDecoder decoder =
      new PictureDecoder(
          // A half of what it takes for the heap is used.
          new PictureLimits(MOST_BYTES, MOST_PIXELS, 2 * MOST_DECODING),
          Transparency.ON_WHITE,
          true);

  DatasetSamples(Projects projects) {
    this.projects = projects;
  }

  /**
   * Some from all over it; none where it is lost or spoilt.
   *
   * @param prepared what a PREPARE stage made of it
   */
  public List<Sample> of(ProjectName project, Digest prepared) {
    return kept.get(project + " " + prepared, any -> look(projects.store(project), prepared));
  }

  private List<Sample> look(ProjectStore store, Digest prepared) {
    turn.acquireUninterruptibly();
    try {
      return new Look(store, store.artifacts().get(prepared)).samples();
    } catch (StoreException.NotFound | StoreException.Corrupt | UnusableDatasetException lost) {
      LOG.infof("no samples of %s are shown: %s", prepared, lost.getMessage());
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read samples of " + prepared, e);
    } finally {
      turn.release();
    }
  }

  /** At one data set. */
  private final class Look {
    private final ProjectStore store;
    private final Artifact artifact;
    private final JsonNode manifest;

    Look(ProjectStore store, Artifact artifact) throws IOException {
      this.store = store;
      this.artifact = artifact;
      this.manifest = JSON.readTree(store.blobs().read(file(SamplePlaces.MANIFEST)));
    }

    private Blob file(String name) {
      Blob blob = artifact.files().get(name);
      if (blob == null) {
        throw new UnusableDatasetException("the data set has no " + name);
      }
      return blob;
    }

    List<Sample> samples() throws IOException {
      Blob index = file(SamplePlaces.INDEX);
      return IndexSpread.of(
              (offset, length) -> store.blobs().open(index, offset, length), index.size(), MOST)
          .stream()
          .map(this::sample)
          .toList();
    }

    private Sample sample(IndexedSample place) {
      List<String> captions =
          place.captions().stream().limit(MOST_CAPTIONS).map(Excerpt::of).toList();
      return manifest.has("classes")
          ? new Sample(place.source(), label(place), picture(place), captions, Map.of())
          : new Sample(place.source(), "", "", List.of(), fields(place));
    }

    private String label(IndexedSample place) {
      return manifest.path("classes").path(place.label()).asText();
    }

    private String picture(IndexedSample place) {
      if (place.length() > MOST_BYTES) {
        return "";
      }
      try {
        return Thumbnail.of(bytes(place), decoder);
      } catch (BrokenPictureException | HeapTooSmallException e) {
        return "";
      }
    }

    private Map<String, String> fields(IndexedSample place) {
      Map<String, String> fields = new LinkedHashMap<>();
      if (place.length() > MOST_BYTES) {
        return fields;
      }
      for (var field : TextRecord.read(place.source(), bytes(place)).fields().properties()) {
        if (fields.size() < MOST_FIELDS) {
          JsonNode value = field.getValue();
          fields.put(
              field.getKey(), Excerpt.of(value.isTextual() ? value.asText() : value.toString()));
        }
      }
      return fields;
    }

    private byte[] bytes(IndexedSample place) {
      Blob shard = file(manifest.path("shards").path(place.shard()).path("name").asText());
      if (place.offset() < 0 || place.offset() + place.length() > shard.size()) {
        throw new UnusableDatasetException("the index points outside the data set");
      }
      try (InputStream in = store.blobs().open(shard, place.offset(), place.length())) {
        return in.readNBytes(place.length());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read a sample", e);
      }
    }
  }
}
