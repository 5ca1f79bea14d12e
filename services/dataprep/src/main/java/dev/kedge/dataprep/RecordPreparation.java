package dev.kedge.dataprep;

import dev.kedge.data.Examined;
import dev.kedge.data.Share;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.Columns;
import dev.kedge.data.text.TextFormat;
import dev.kedge.data.text.TextManifest;
import dev.kedge.data.text.TextPreparation;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.PrepareSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Records and documents. How many there are is known at the end alone. */
record RecordPreparation(PrepareSpec spec, TextPreparation how) implements Preparation {
  RecordPreparation(PrepareSpec spec) {
    this(spec, new TextPreparation(spec.getMaxQuarantinedFraction()));
  }

  @Override
  public Map<String, Double> prepare(FileTree source, Path target, StageContext context)
      throws IOException {
    SavedParts kept = new SavedParts(spec, context);
    TextManifest manifest =
        how.prepare(source, format(), columns(), target, kept, new ReportedProgress(context));
    kept.tellFound();
    return told(manifest, context);
  }

  @Override
  public Examined prepareShare(FileTree source, Share share, Path target, StageContext context)
      throws IOException {
    SavedParts kept = new SavedParts(spec, context);
    Examined examined =
        how.prepareShare(
            source, format(), columns(), share, target, kept, new ReportedProgress(context));
    kept.tellFound();
    return examined;
  }

  @Override
  public Map<String, Double> merge(List<Path> shares, Path target, StageContext context)
      throws IOException {
    return told(how.merge(shares, target, new MergeSteps(context, shares.size())), context);
  }

  private TextFormat format() {
    return TextFormat.valueOf(spec.getFormat().name());
  }

  private Columns columns() {
    return new Columns(spec.getColumnsMap());
  }

  private static Map<String, Double> told(TextManifest manifest, StageContext context) {
    manifest.quarantine().forEach(place -> context.warn("left out " + place));
    context.info(
        "%d records with the fields %s, %d left out"
            .formatted(manifest.records(), manifest.fields(), manifest.quarantine().size()));
    return Map.of(
        "samples", (double) manifest.records(),
        "quarantined", (double) manifest.quarantine().size(),
        "bytes", (double) manifest.bytes());
  }

  private record ReportedProgress(StageContext context) implements TextPreparation.Progress {
    @Override
    public void examined(int done, int quarantined) {
      context.checkStopping();
      context.progress(done, 0, "records", Map.of("quarantined", (double) quarantined));
    }
  }
}
