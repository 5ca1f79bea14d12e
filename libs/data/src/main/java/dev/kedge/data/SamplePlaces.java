package dev.kedge.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where some samples of a prepared data set lie, pictures or text: for whoever needs a few of them,
 * and not the shards.
 */
public final class SamplePlaces {
  /** The manifest's file. */
  public static final String MANIFEST = DatasetManifest.FILE;

  /** The index's file. */
  public static final String INDEX = DatasetManifest.INDEX_FILE;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode shards;
  private final Map<String, IndexedSample> places;

  private SamplePlaces(JsonNode shards, Map<String, IndexedSample> places) {
    this.shards = shards;
    this.places = places;
  }

  /**
   * Looks for samples.
   *
   * @param manifest {@value #MANIFEST}; closed
   * @param index {@value #INDEX}, read to its end unless it is none; closed
   * @param samples their keys
   * @throws UnusableDatasetException if manifest or index is none
   */
  public static SamplePlaces of(InputStream manifest, InputStream index, Set<String> samples) {
    Map<String, IndexedSample> places = new HashMap<>();
    try (manifest;
        MappingIterator<IndexedSample> lines =
            JSON.readerFor(IndexedSample.class).readValues(index)) {
      while (lines.hasNextValue()) {
        IndexedSample sample = lines.nextValue();
        if (samples.contains(sample.source())) {
          places.putIfAbsent(sample.source(), sample);
        }
      }
      return new SamplePlaces(JSON.readTree(manifest).path("shards"), places);
    } catch (IOException e) {
      throw new UnusableDatasetException("no prepared data set: " + e.getMessage(), e);
    }
  }

  /** The place of a sample; empty if the data set has none of that key. */
  public Optional<IndexedSample> of(String sample) {
    return Optional.ofNullable(places.get(sample));
  }

  /** The file of the shard that a place is in. */
  public String file(IndexedSample place) {
    return shards.path(place.shard()).path("name").asText();
  }
}
