package dev.kedge.gateway.experiments;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.CheckpointName;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.report.page.ReportCsv;
import dev.kedge.report.page.ReportMarkdown;
import dev.kedge.report.page.ReportPage;
import dev.kedge.report.page.ShownPoints;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StoreException;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.GetReportResponse;
import dev.kedge.v1.Report;
import dev.kedge.v1.ReportOrigin;
import dev.kedge.v1.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;

/** The answers of finished experiments: what their REPORT stages wrote. */
@ApplicationScoped
public class Reports {
  private static final String NUMBERS = "report.json";

  private final Projects projects;
  private final ExperimentStore experiments;

  Reports(Projects projects, ExperimentStore experiments) {
    this.projects = projects;
    this.experiments = experiments;
  }

  /** The numbers and, where asked for, the page and the tables. */
  public GetReportResponse get(GetReportRequest request) {
    ExperimentName name = ExperimentName.parse(request.getName());
    var answer = GetReportResponse.newBuilder().setReport(of(experiments.get(name)));
    if (request.getHtml()) {
      answer.setHtml(ReportPage.of(answer.getReport(), request.getAll()));
    }
    if (request.getCsv()) {
      answer.setCsv(ReportCsv.of(answer.getReport()));
    }
    if (request.getMarkdown()) {
      answer.setMarkdown(ReportMarkdown.of(answer.getReport(), request.getAll()));
    }
    return answer.build();
  }

  /** The numbers of an experiment whose record was read. */
  public Report of(Experiment experiment) {
    String project = ExperimentName.parse(experiment.getName()).project();
    ProjectStore store = projects.store(project);
    Artifact artifact = store.artifacts().get(reported(experiment));
    Report.Builder report = Report.newBuilder();
    merge(text(store, artifact, NUMBERS), report);
    nameCheckpoint(project, report);
    report.setOrigin(origin(experiment));
    ShownPoints.mark(report);
    return report.build();
  }

  /** A stage knows digests; names are the gateway's. */
  private static void nameCheckpoint(String project, Report.Builder report) {
    String checkpoint = report.getRecommendedCheckpoint();
    if (checkpoint.startsWith("sha256:")) {
      report.setRecommendedCheckpoint(
          new CheckpointName(project, Digest.parse(checkpoint)).toString());
    }
  }

  private static ReportOrigin origin(Experiment experiment) {
    return ReportOrigin.newBuilder()
        .setExperiment(experiment.getName())
        .setLaunchTime(experiment.getCreateTime())
        .putAllInputs(experiment.getResolvedMap())
        .build();
  }

  private static Digest reported(Experiment experiment) {
    return experiment.getStagesList().stream()
        .filter(stage -> stage.getKind().equals(StageKind.REPORT.name()))
        .filter(stage -> stage.getState() == Stage.State.SUCCEEDED)
        .map(stage -> Digest.parse(stage.getArtifact()))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.wrongState(
                    "NO_REPORT_YET",
                    "%s is %s and has no report yet: kedge watch tells when it has"
                        .formatted(experiment.getName(), experiment.getState())));
  }

  private static String text(ProjectStore store, Artifact artifact, String file) {
    Blob blob = artifact.files().get(file);
    if (blob == null) {
      throw new StoreException.Corrupt("the report has no " + file);
    }
    return new String(store.blobs().read(blob), StandardCharsets.UTF_8);
  }

  private static void merge(String json, Report.Builder report) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, report);
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException.Corrupt("the report is not what it should be", e);
    }
  }
}
