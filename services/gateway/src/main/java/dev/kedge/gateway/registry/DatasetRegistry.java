package dev.kedge.gateway.registry;

import com.google.protobuf.util.Timestamps;
import dev.kedge.data.text.Columns;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.Ids;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.name.VersionReference;
import dev.kedge.gateway.records.Page;
import dev.kedge.gateway.records.ProtoRecords;
import dev.kedge.gateway.records.ProtoRecords.Entry;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.GetDatasetVersionRequest;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.ListDatasetsRequest;
import dev.kedge.v1.ListDatasetsResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A project's data sets. The record of a data set holds all its versions, oldest first. */
@ApplicationScoped
public class DatasetRegistry {
  private static final String KIND = "source";
  private static final List<PrepareSpec.Format> FORMATS =
      List.of(
          PrepareSpec.Format.IMAGE_FOLDER,
          PrepareSpec.Format.WEBDATASET,
          PrepareSpec.Format.IMAGE_TABLE,
          PrepareSpec.Format.IMAGE_CAPTIONS,
          PrepareSpec.Format.RECORDS,
          PrepareSpec.Format.TEXT);

  private final Projects projects;
  private final StoredPrefix prefixes;
  private final WebFiles web;

  DatasetRegistry(Projects projects, StoredPrefix prefixes, WebFiles web) {
    this.projects = projects;
    this.prefixes = prefixes;
    this.web = web;
  }

  /** Looks through the files and registers them; what is the newest version already stays it. */
  public DatasetVersion register(ImportDatasetRequest request) {
    ProjectName project = ProjectName.parse(request.getParent());
    String id = Ids.require(request.getDatasetId(), "dataset_id");
    PrepareSpec.Format format = format(request.getFormat());
    Digest artifact = source(projects.store(project), request);
    DatasetVersion.Builder version =
        SourceContents.of(
                projects.store(project), artifact, format, new Columns(request.getColumnsMap()))
            .setArtifact(artifact.toString())
            .setOrigin(request.getOrigin());
    ListDatasetsResponse record =
        records(project).update(id, before -> with(before, project + "/datasets/" + id, version));
    return newest(record.getDatasetsList());
  }

  /** Registers a version of another installation under its name, unless the project has that. */
  public void adopt(ProjectName project, DatasetVersion version) {
    VersionReference reference =
        VersionReference.parse(
            "datasets", VersionReference.project(version.getName()), version.getName());
    String name = project + "/datasets/" + reference.id();
    ListDatasetsResponse unused =
        records(project)
            .createOrFind(
                reference.id(),
                with(ListDatasetsResponse.getDefaultInstance(), name, version.toBuilder()));
  }

  private static PrepareSpec.Format format(String named) {
    if (named.isEmpty()) {
      return PrepareSpec.Format.IMAGE_FOLDER;
    }
    return FORMATS.stream()
        .filter(format -> format.name().equals(named))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "FORMAT_UNKNOWN",
                    "format",
                    "`%s` is no format: known are %s".formatted(named, FORMATS)));
  }

  /** One version, with what was found in it if it was prepared. */
  public DatasetVersion get(GetDatasetVersionRequest request) {
    ProjectName project = VersionReference.project(request.getName());
    VersionReference reference = VersionReference.parse("datasets", project, request.getName());
    DatasetVersion version =
        find(project, reference)
            .orElseThrow(
                () -> Refusal.notFound("DATASET_NOT_FOUND", "there is no " + request.getName()));
    return prepared(project, version).map(made -> made.tellIn(version)).orElse(version);
  }

  /** What was made of a version; empty where no experiment has prepared it yet. */
  public Optional<PreparedDataset> prepared(ProjectName project, DatasetVersion version) {
    return new PreparedContents(projects.store(project)).of(version);
  }

  /** One version, if there is such. */
  public Optional<DatasetVersion> find(ProjectName project, VersionReference reference) {
    return records(project)
        .find(reference.id())
        .flatMap(record -> choose(record.message().getDatasetsList(), reference));
  }

  /** The newest version that is as wanted, if there is such. */
  public Optional<DatasetVersion> find(
      ProjectName project, String id, Predicate<DatasetVersion> wanted) {
    return records(project)
        .find(id)
        .flatMap(
            record ->
                record.message().getDatasetsList().stream()
                    .filter(wanted)
                    .reduce((older, newer) -> newer));
  }

  /** All versions of one, oldest first; refuses a name that nothing has. */
  public List<DatasetVersion> versions(ProjectName project, String id) {
    return records(project)
        .find(id)
        .map(record -> record.message().getDatasetsList())
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "DATASET_NOT_FOUND", "there is no %s/datasets/%s".formatted(project, id)));
  }

  /** The newest version of each. */
  public ListDatasetsResponse list(ListDatasetsRequest request) {
    Page page = Page.of(request.getPageSize(), request.getPageToken());
    ProjectName project = ProjectName.parse(request.getParent());
    var entries = records(project).list(page.after(), page.size());
    var answer = ListDatasetsResponse.newBuilder();
    for (Entry<ListDatasetsResponse> entry : entries) {
      entry
          .message()
          .ifPresentOrElse(
              record -> answer.addDatasets(newest(record.getDatasetsList())),
              () -> answer.addUnreachable(project + "/datasets/" + entry.id()));
    }
    if (entries.size() == page.size()) {
      answer.setNextPageToken(entries.get(entries.size() - 1).id());
    }
    return answer.build();
  }

  private Digest source(ProjectStore store, ImportDatasetRequest request) {
    boolean isStored = !request.getUri().isEmpty();
    boolean isOnTheWeb = request.getUrlsCount() > 0;
    boolean isUploaded = request.getFilesCount() > 0;
    if (Stream.of(isStored, isOnTheWeb, isUploaded).filter(named -> named).count() > 1) {
      throw Refusal.invalid(
          "SOURCE_TWICE", "uri", "several of files, uri and urls are named: name one of them");
    }
    if (isStored) {
      return prefixes.store(store, KIND, request.getUri());
    }
    return isOnTheWeb
        ? web.store(store, KIND, request.getUrlsList())
        : UploadedFiles.store(store, KIND, request.getFilesList());
  }

  private static ListDatasetsResponse with(
      ListDatasetsResponse record, String dataset, DatasetVersion.Builder added) {
    int count = record.getDatasetsCount();
    if (count > 0 && isSame(newest(record.getDatasetsList()), added)) {
      return record;
    }
    return record.toBuilder()
        .addDatasets(
            added
                .setName("%s/versions/%d".formatted(dataset, count + 1))
                .setCreateTime(Timestamps.now()))
        .build();
  }

  private static boolean isSame(DatasetVersion version, DatasetVersion.Builder added) {
    return version.getArtifact().equals(added.getArtifact())
        && version.getFormat().equals(added.getFormat())
        && version.getColumnsMap().equals(added.getColumnsMap());
  }

  private static Optional<DatasetVersion> choose(
      List<DatasetVersion> versions, VersionReference reference) {
    int number = reference.version().orElse(versions.size());
    return reference.alias().isPresent() || number > versions.size()
        ? Optional.empty()
        : Optional.of(versions.get(number - 1));
  }

  private static DatasetVersion newest(List<DatasetVersion> versions) {
    return versions.get(versions.size() - 1);
  }

  private ProtoRecords<ListDatasetsResponse> records(ProjectName project) {
    return new ProtoRecords<>(
        projects.store(project).records(), "datasets", ListDatasetsResponse.getDefaultInstance());
  }
}
