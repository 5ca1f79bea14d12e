package dev.kedge.dataprep;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.contract.OverlapArtifact;
import dev.kedge.data.DataException;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.overlap.ComparedSet;
import dev.kedge.data.overlap.Overlaps;
import dev.kedge.data.overlap.PictureSamples;
import dev.kedge.data.overlap.Purpose;
import dev.kedge.data.overlap.Samples;
import dev.kedge.data.overlap.TextSamples;
import dev.kedge.data.text.PreparedText;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.OverlapSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** OVERLAP: what is tested must not be what was learnt from, or chosen by. */
@Singleton
public class OverlapExecutor implements StageExecutor {
  @Override
  public StageKind kind() {
    return StageKind.OVERLAP;
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    OverlapSpec overlap = spec.getOverlap();
    Overlaps found = search(overlap, context);
    OverlapFindings findings = new OverlapFindings(found, Set.copyOf(overlap.getAllowedList()));
    findings.lines().forEach(context::warn);
    findings
        .refusal()
        .ifPresent(
            why -> {
              throw StageException.user("OVERLAP", why);
            });
    Path file =
        Files.writeString(
            context.scratch().resolve(OverlapArtifact.FILE),
            JsonFormat.printer().print(findings.message()) + "\n");
    return new StageOutput.NewFiles(
        OverlapArtifact.KIND,
        new TreeMap<>(Map.of(OverlapArtifact.FILE, file)),
        findings.metrics());
  }

  private static Overlaps search(OverlapSpec spec, StageContext context) {
    Overlaps.Progress progress =
        (steps, all) -> {
          context.checkStopping();
          context.progress(steps, all, "steps", Map.of());
        };
    try {
      return switch (spec.getKind()) {
        case PICTURES ->
            Overlaps.ofPictures(
                sets(
                    spec,
                    set ->
                        new PictureSamples(
                            PreparedDataset.open(context.input(set.getDataset())),
                            Set.copyOf(set.getClassesList()))),
                progress);
        case TEXTS ->
            Overlaps.ofTexts(
                sets(
                    spec,
                    set ->
                        new TextSamples(
                            PreparedText.open(context.input(set.getDataset())),
                            Set.copyOf(set.getFieldsList()))),
                progress);
        case KIND_UNSPECIFIED, UNRECOGNIZED ->
            throw StageException.user(
                "INVALID_SPEC",
                "kind %s cannot be compared; known are PICTURES and TEXTS"
                    .formatted(spec.getKind()));
      };
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATA", e.getMessage(), e);
    }
  }

  private static <S extends Samples> List<ComparedSet<S>> sets(
      OverlapSpec spec, Function<OverlapSpec.ComparedSet, S> open) {
    return spec.getSetsList().stream()
        .map(
            set ->
                new ComparedSet<>(
                    set.getName(), Purpose.valueOf(set.getPurpose().name()), open.apply(set)))
        .toList();
  }
}
