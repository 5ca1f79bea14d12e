package dev.kedge.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.data.DataException;
import dev.kedge.report.Answer;
import dev.kedge.report.Choice;
import dev.kedge.report.Evidence;
import dev.kedge.report.Selection;
import dev.kedge.report.page.ReportPage;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageExecutor;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.ReportSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Importance;
import dev.kedge.v1.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the answer: {@code report.json} for programs, {@code report.html} for people. */
@ApplicationScoped
public class ReportExecutor implements StageExecutor {
  private static final String KIND = "report";
  private static final String JSON = "report.json";
  private static final String PAGE = "report.html";
  private static final String IMPORTANCE = "importance.json";

  @Override
  public StageKind kind() {
    return StageKind.REPORT;
  }

  @Override
  public StageOutput execute(StageSpec spec, StageContext context) throws IOException {
    Report report = report(spec.getReport(), context);
    Path json =
        Files.writeString(
            context.scratch().resolve(JSON),
            JsonFormat.printer().sortingMapKeys().print(report) + "\n");
    Path page = Files.writeString(context.scratch().resolve(PAGE), ReportPage.of(report));
    return new StageOutput.NewFiles(
        KIND,
        new TreeMap<>(Map.of(JSON, json, PAGE, page)),
        Map.of("hypervolume", report.getHypervolume()));
  }

  private static Report report(ReportSpec spec, StageContext context) throws IOException {
    StudyResults results = new StudyResults(spec.getStudy(), context);
    try {
      Evidence evidence = results.evidence();
      Optional<Choice> choice = choice(spec, evidence, context);
      Report answer =
          Answer.of(
              evidence,
              choice,
              spec.getTitle(),
              lineage(spec, results, context),
              spec.getBootstrapSeed());
      return new ReportedOverlap(spec, results, context)
          .in(answer, evidence).toBuilder()
              .addAllNotes(leftOut(spec.getStudy()))
              .setRecommendedCheckpoint(checkpoint(spec, context))
              .addAllCosts(results.costs())
              .addAllImportances(importances(spec, context))
              .addAllSearches(new SearchFiles(context).of(spec.getStudy()))
              .addAllFlips(
                  new FlipGallery(spec.getStudy(), results, context)
                      .of(choice.map(Choice::candidate)))
              .build();
    } catch (IllegalArgumentException e) {
      throw StageException.user("BAD_STUDY", "the REPORT stage: " + e.getMessage(), e);
    } catch (DataException e) {
      throw StageException.user("UNUSABLE_DATASET", e.getMessage(), e);
    }
  }

  /**
   * What was selected. Where SELECT data is there but no selection, that stage was skipped, and
   * nothing is chosen in its place; without such data there was no stage, and the choice says so.
   */
  private static Optional<Choice> choice(ReportSpec spec, Evidence evidence, StageContext context)
      throws IOException {
    if (spec.hasSelection()) {
      return Optional.of(new SelectionFolder(context.input(spec.getSelection())).read());
    }
    return Selection.isPossible(evidence)
        ? Optional.empty()
        : Optional.of(Selection.withoutData(evidence));
  }

  private static List<Importance> importances(ReportSpec spec, StageContext context)
      throws IOException {
    List<Importance> importances = new ArrayList<>();
    for (ReportSpec.Importance one : spec.getImportancesList()) {
      String json = new String(context.inputFile(one.getFisher(), IMPORTANCE), UTF_8);
      Importance.Builder importance = Importance.newBuilder();
      JsonFormat.parser().ignoringUnknownFields().merge(json, importance);
      importances.add(importance.setLabel(one.getLabel()).build());
    }
    return importances;
  }

  private static List<String> leftOut(Study study) {
    if (study.getLeftOutCount() == 0) {
      return List.of();
    }
    String without =
        study.getReference().isEmpty() ? " The points are compared with the base alone." : "";
    return List.of(
        "Left out, because their stages were skipped: %s.%s"
            .formatted(String.join(", ", study.getLeftOutList()), without));
  }

  private static Map<String, String> lineage(
      ReportSpec spec, StudyResults results, StageContext context) {
    Map<String, String> lineage = new TreeMap<>(ReportLineage.of(spec.getStudy(), results));
    lineage.put("report", "stage " + context.key());
    if (spec.hasSelection()) {
      lineage.put("selection", "artifact " + spec.getSelection().getArtifact());
    }
    if (spec.hasRecommended()) {
      lineage.put("recommended checkpoint", "artifact " + spec.getRecommended().getArtifact());
    }
    return lineage;
  }

  private static String checkpoint(ReportSpec spec, StageContext context) {
    String digest = spec.getRecommended().getArtifact();
    return digest.isEmpty()
        ? ""
        : "projects/%s/checkpoints/%s"
            .formatted(context.project(), digest.substring(digest.indexOf(':') + 1));
  }
}
