package dev.kedge.gateway.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.contract.StageKey;
import dev.kedge.data.DatasetManifest;
import dev.kedge.data.Quarantined;
import dev.kedge.data.Spread;
import dev.kedge.data.text.TextManifest;
import dev.kedge.plan.Preparations;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.Artifact;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageLookup;
import dev.kedge.v1.DatasetContents;
import dev.kedge.v1.DatasetVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a PREPARE stage found in a data set, as its manifest tells. */
record PreparedContents(ProjectStore store) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_REASONS = 20;
  private static final int MOST_EXAMPLES = 20;

  /** Empty where no experiment has prepared it yet. */
  Optional<PreparedDataset> of(DatasetVersion version) {
    PrepareSpec.Format format = PrepareSpec.Format.valueOf(version.getFormat());
    StageSpec whole = Preparations.of(version.getArtifact(), format, version.getColumnsMap());
    return prepared(whole, version.getShares())
        .map(
            artifact ->
                new PreparedDataset(artifact, read(store.artifacts().get(artifact), format)));
  }

  private Optional<Digest> prepared(StageSpec whole, int count) {
    if (count <= 1) {
      return made(whole);
    }
    List<Input> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<Digest> share = made(Preparations.share(whole, i, count));
      if (share.isEmpty()) {
        return share;
      }
      shares.add(Input.newBuilder().setArtifact(share.get().toString()).build());
    }
    return made(Preparations.merge(whole, shares));
  }

  private Optional<Digest> made(StageSpec spec) {
    return store.results().find(StageKey.of(spec)) instanceof StageLookup.Intact intact
        ? Optional.of(intact.result().artifact())
        : Optional.empty();
  }

  private DatasetContents read(Artifact prepared, PrepareSpec.Format format) {
    byte[] manifest = store.blobs().read(prepared.files().get(DatasetManifest.FILE));
    try {
      return switch (format) {
        case RECORDS, TEXT -> texts(JSON.readValue(manifest, TextManifest.class));
        default -> pictures(JSON.readValue(manifest, DatasetManifest.class));
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a prepared data set's manifest", e);
    }
  }

  private static DatasetContents pictures(DatasetManifest manifest) {
    DatasetContents.Builder contents =
        quarantined(manifest.quarantine())
            .setSamples(manifest.samples())
            .setBytes(manifest.bytes())
            .setDuplicates(manifest.duplicates())
            .putAllFormats(manifest.formats());
    for (int label = 0; label < manifest.classes().size(); label++) {
      contents.putClasses(manifest.classes().get(label), manifest.counts().get(label));
    }
    Optional.ofNullable(manifest.widths())
        .map(PreparedContents::spread)
        .ifPresent(contents::setWidth);
    Optional.ofNullable(manifest.heights())
        .map(PreparedContents::spread)
        .ifPresent(contents::setHeight);
    return contents.build();
  }

  private static DatasetContents texts(TextManifest manifest) {
    DatasetContents.Builder contents =
        quarantined(manifest.quarantine())
            .setSamples(manifest.records())
            .setBytes(manifest.bytes())
            .setDuplicates(manifest.duplicates());
    Optional.ofNullable(manifest.lengths())
        .map(PreparedContents::spread)
        .ifPresent(contents::setLength);
    return contents.build();
  }

  private static DatasetContents.Spread spread(Spread spread) {
    return DatasetContents.Spread.newBuilder()
        .setLeast(spread.least())
        .setMedian(spread.median())
        .setMost(spread.most())
        .build();
  }

  private static DatasetContents.Builder quarantined(List<Quarantined> quarantine) {
    DatasetContents.Builder contents =
        DatasetContents.newBuilder()
            .setQuarantined(quarantine.size())
            .putAllReasons(reasons(quarantine));
    quarantine.stream()
        .limit(MOST_EXAMPLES)
        .forEach(
            one -> contents.addQuarantineBuilder().setPath(one.path()).setReason(one.reason()));
    return contents;
  }

  /** The most frequent ones. */
  private static Map<String, Integer> reasons(List<Quarantined> quarantine) {
    Map<String, Integer> counts =
        quarantine.stream()
            .collect(
                Collectors.groupingBy(
                    Quarantined::reason,
                    TreeMap::new,
                    Collectors.collectingAndThen(Collectors.counting(), Math::toIntExact)));
    return counts.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, Integer> one) -> -one.getValue()))
        .limit(MOST_REASONS)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
