package dev.kedge.dataprep;

import dev.kedge.data.DatasetManifest;
import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.Examined;
import dev.kedge.data.PictureLayout;
import dev.kedge.data.PictureListing;
import dev.kedge.data.Share;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.Columns;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.PrepareSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Labelled pictures. */
record PicturePreparation(PrepareSpec spec, DatasetPreparation how) implements Preparation {
  PicturePreparation(PrepareSpec spec) {
    this(spec, new DatasetPreparation(spec.getMaxQuarantinedFraction()));
  }

  @Override
  public Map<String, Double> prepare(FileTree source, Path target, StageContext context)
      throws IOException {
    SavedParts kept = new SavedParts(spec, context);
    DatasetManifest manifest =
        how.prepare(source, listing(source), target, kept, new ReportedProgress(context));
    kept.tellFound();
    return told(manifest, context);
  }

  @Override
  public Examined prepareShare(FileTree source, Share share, Path target, StageContext context)
      throws IOException {
    SavedParts kept = new SavedParts(spec, context);
    Examined examined =
        how.prepareShare(
            source, listing(source), share, target, kept, new ReportedProgress(context));
    kept.tellFound();
    return examined;
  }

  @Override
  public Map<String, Double> merge(List<Path> shares, Path target, StageContext context)
      throws IOException {
    return told(how.merge(shares, target, new MergeSteps(context, shares.size())), context);
  }

  private PictureListing listing(FileTree source) throws IOException {
    return PictureLayout.valueOf(spec.getFormat().name())
        .list(source, new Columns(spec.getColumnsMap()));
  }

  private static Map<String, Double> told(DatasetManifest manifest, StageContext context) {
    manifest.quarantine().forEach(file -> context.warn("left out " + file));
    alikeButForCase(manifest.classes()).forEach(context::warn);
    context.info(
        "%d pictures of %d classes, %d left out"
            .formatted(
                manifest.samples(), manifest.classes().size(), manifest.quarantine().size()));
    return Map.of(
        "samples", (double) manifest.samples(),
        "classes", (double) manifest.classes().size(),
        "quarantined", (double) manifest.quarantine().size(),
        "bytes", (double) manifest.bytes());
  }

  private static Stream<String> alikeButForCase(List<String> classes) {
    return classes.stream()
        .collect(
            Collectors.groupingBy(
                name -> name.toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .filter(names -> names.size() > 1)
        .map(
            names ->
                "the classes %s differ by case alone: if they are one, rename them and import the data again"
                    .formatted(names));
  }

  private record ReportedProgress(StageContext context) implements DatasetPreparation.Progress {
    @Override
    public void examined(int done, int total, int quarantined) {
      context.checkStopping();
      context.progress(done, total, "records", Map.of("quarantined", (double) quarantined));
    }
  }
}
