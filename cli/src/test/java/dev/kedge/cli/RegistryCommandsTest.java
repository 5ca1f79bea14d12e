package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExportCheckpointRequest;
import dev.kedge.v1.ExportCheckpointResponse;
import dev.kedge.v1.File;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.ImportModelRequest;
import dev.kedge.v1.PromoteCheckpointRequest;
import dev.kedge.v1.Report;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCommandsTest extends CommandLineFixture {
  private static final String DIGEST = "ab".repeat(32);

  @TempDir Path folder;

  @Test
  void aFolderOfPicturesIsSentAsOneTarWhoseBytesDependOnItsFilesAlone() throws IOException {
    for (String copy : List.of("one/photo", "two/photo")) {
      write(copy + "/dog/b.jpg", new byte[] {1});
      write(copy + "/dog/ä.jpg", new byte[] {2, 3});
      write(copy + "/cat/" + "long".repeat(40) + ".jpg", new byte[0]);
      write(copy + "/.hidden/x.jpg", new byte[] {9});
      write(copy + "/cat/.DS_Store", new byte[] {9});
    }
    Files.setLastModifiedTime(folder.resolve("two/photo/dog/b.jpg"), FileTime.fromMillis(0));

    assertThat(kedge("dataset", "import", "photo", folder.resolve("one/photo").toString()))
        .isZero();
    ImportDatasetRequest first = asked(ImportDatasetRequest.class);
    assertThat(kedge("dataset", "import", "photo", folder.resolve("two/photo").toString()))
        .isZero();

    assertThat(asked(ImportDatasetRequest.class).getFiles(0).getDigest())
        .isEqualTo(first.getFiles(0).getDigest());
    assertThat(first.getFiles(0).getPath()).isEqualTo("photo.tar");
    assertThat(names(gateway.blobs.get(first.getFiles(0).getDigest())))
        .containsExactly("cat/" + "long".repeat(40) + ".jpg", "dog/b.jpg", "dog/ä.jpg");
    assertThat(out())
        .isEqualTo(
            "registered datasets/photo/versions/1: 3 records in 2 classes (cat, dog), sha256:cd\n");
  }

  @Test
  void aTarIsSentAsItIs() throws IOException {
    byte[] bytes = new byte[3 << 20];
    new Random(1).nextBytes(bytes);
    write("photo.tar", bytes);

    assertThat(kedge("dataset", "import", "photo", folder.resolve("photo.tar").toString()))
        .isZero();
    File sent = asked(ImportDatasetRequest.class).getFiles(0);
    assertThat(sent.getDigest()).isEqualTo(TestingGateway.digest(bytes));
    assertThat(sent.getSize()).isEqualTo(bytes.length);
  }

  @Test
  void theFormatIsToldByTheNamesOfTheFilesOrByThePerson() throws IOException {
    write("qa.jsonl", new byte[] {1});
    write("texts/a.txt", new byte[] {1});
    write("texts/b.md", new byte[] {1});
    write("photo/cat/1.jpg", new byte[] {1});

    assertThat(formatOf("qa.jsonl")).isEqualTo("RECORDS");
    assertThat(formatOf("texts")).isEqualTo("TEXT");
    assertThat(formatOf("photo")).isEqualTo("IMAGE_FOLDER");
    write("table.csv", new byte[] {1});
    write("table.parquet", new byte[] {1});
    write("listed/1.jpg", new byte[] {1});
    write("listed/labels.csv", new byte[] {1});
    write("shards/0.tar", new byte[] {1});
    write("shards/1.tar", new byte[] {1});
    assertThat(formatOf("table.csv")).isEqualTo("RECORDS");
    assertThat(formatOf("table.parquet")).isEqualTo("RECORDS");
    write("lines.json", new byte[] {1});
    write("lines/a.json", new byte[] {1});
    write("lines/b.jsonl", new byte[] {1});
    assertThat(formatOf("lines.json")).isEqualTo("RECORDS");
    assertThat(formatOf("lines")).isEqualTo("RECORDS");
    write("described/1.jpg", new byte[] {1});
    write("described/about.json", new byte[] {1});
    assertThat(formatOf("described")).as("any .json may lie there").isEqualTo("IMAGE_FOLDER");
    assertThat(formatOf("listed")).isEqualTo("IMAGE_TABLE");
    write("coco/val/1.jpg", new byte[] {1});
    write("coco/annotations/captions_val.json", new byte[] {1});
    assertThat(formatOf("coco")).isEqualTo("IMAGE_CAPTIONS");
    assertThat(formatOf("shards")).isEqualTo("WEBDATASET");
    assertThat(asked(ImportDatasetRequest.class).getFilesList())
        .extracting(File::getPath)
        .containsExactly("0.tar", "1.tar");
    assertThat(formatOf("texts", "--format", "records")).isEqualTo("RECORDS");
    assertThat(formatOf("photo", "--format", "image-folder")).isEqualTo("IMAGE_FOLDER");
    String path = folder.resolve("qa.jsonl").toString();
    assertThat(kedge("dataset", "import", "x", path, "--format", "csv"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err())
        .contains(
            "csv is no format: write image_folder, webdataset, image_table, image_captions, records or text");
  }

  @Test
  void addressesAreFetchedByThePlatformAndTheirSecretsAreNotTold() throws IOException {
    write(
        "list.txt",
        "https://u:p@example.com/b/1.tar?s=secret\nhttps://example.com/2.tar"
            .getBytes(StandardCharsets.UTF_8));
    assertThat(kedge("dataset", "import", "x", "@" + folder.resolve("list.txt")))
        .isEqualTo(ExitCode.OK);
    ImportDatasetRequest asked = asked(ImportDatasetRequest.class);
    assertThat(asked.getUrlsList())
        .containsExactly("https://u:p@example.com/b/1.tar?s=secret", "https://example.com/2.tar");
    assertThat(asked.getOrigin()).isEqualTo("https://example.com/b/1.tar and 1 more");
    assertThat(asked.getFormat()).isEqualTo("WEBDATASET");
    assertThat(kedge("dataset", "import", "x", "a.tar", "b.tar")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("2 paths are given: name one, or several https:// addresses");
  }

  @Test
  void columnsAreNamedByThePerson() throws IOException {
    write("qa.csv", new byte[] {1});
    formatOf("qa.csv", "--column", "question=prompt", "--column", "answer=reply");
    assertThat(asked(ImportDatasetRequest.class).getColumnsMap())
        .containsOnly(Map.entry("question", "prompt"), Map.entry("answer", "reply"));
  }

  @Test
  void aColumnIsNamedOnceAndWithItsName() throws IOException {
    write("qa.csv", new byte[] {1});
    assertThat(imported("question=prompt", "question=resp")).isEqualTo(ExitCode.REFUSED);
    assertThat(err())
        .contains("--column question=resp: question is the column prompt already: give it one");
    for (String column : List.of("prompt", "=prompt", "question=")) {
      assertThat(imported(column)).isEqualTo(ExitCode.REFUSED);
      assertThat(err()).contains("--column " + column + ": write NAME=COLUMN");
    }
  }

  private int imported(String... columns) {
    List<String> command =
        new ArrayList<>(List.of("dataset", "import", "x", folder.resolve("qa.csv").toString()));
    for (String column : columns) {
      command.addAll(List.of("--column", column));
    }
    return kedge(command.toArray(String[]::new));
  }

  private String formatOf(String path, String... more) {
    List<String> command =
        new ArrayList<>(List.of("dataset", "import", "x", folder.resolve(path).toString()));
    command.addAll(List.of(more));
    assertThat(kedge(command.toArray(String[]::new))).isZero();
    return asked(ImportDatasetRequest.class).getFormat();
  }

  @Test
  void aPrefixInTheStoreIsPassedOn() {
    assertThat(kedge("dataset", "import", "photo", "s3://incoming/photo", "--json")).isZero();
    assertThat(asked(ImportDatasetRequest.class).getUri()).isEqualTo("s3://incoming/photo");
    assertThat(out()).contains("\"name\": \"projects/default/datasets/photo/versions/1\"");
  }

  @Test
  void dataThatCannotBeSentIsRefusedWithTheRemedy() throws IOException {
    write("photo.rar", new byte[1]);
    Files.createDirectory(folder.resolve("empty"));

    assertThat(kedge("dataset", "import", "x", folder.resolve("photo.rar").toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("is no folder, .tar, .tar.gz or .zip");
    assertThat(kedge("dataset", "import", "x", folder.resolve("empty").toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("has no files");
    assertThat(kedge("dataset", "import", "x", folder.resolve("none").toString()))
        .isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void aFifoIsSentAsOneSoThatItIsToldAmongWhatIsLeftOut() throws Exception {
    write("photo/dog/1.jpg", new byte[] {1});
    fifo("photo/dog/pipe.jpg");

    assertThat(kedge("dataset", "import", "photo", folder.resolve("photo").toString())).isZero();
    File sent = asked(ImportDatasetRequest.class).getFiles(0);
    assertThat(names(gateway.blobs.get(sent.getDigest())))
        .containsExactly("dog/1.jpg", "dog/pipe.jpg");
    try (var tar =
        new TarArchiveInputStream(new ByteArrayInputStream(gateway.blobs.get(sent.getDigest())))) {
      assertThat(tar.getNextEntry().isFIFO()).isFalse();
      assertThat(tar.getNextEntry().isFIFO()).isTrue();
    }
  }

  @Test
  void aFifoThatWouldBeSentAsItIsIsRefused() throws Exception {
    fifo("pipe.jsonl");
    write("shards/0.tar", new byte[] {1});
    fifo("shards/1.tar");
    for (String path : List.of("pipe.jsonl", "shards")) {
      assertThat(kedge("dataset", "import", "x", folder.resolve(path).toString()))
          .isEqualTo(ExitCode.REFUSED);
      assertThat(err()).contains("is a FIFO, a socket or a device, no file");
    }
  }

  private void fifo(String path) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }

  @Test
  void anAdapterIsSentWithTheNameOfItsBase() throws IOException {
    write("adapter/adapter_config.json", new byte[] {1});
    write("adapter/adapter_model.safetensors", new byte[] {2});
    String path = folder.resolve("adapter").toString();

    assertThat(kedge("model", "import", "tuned", path, "--base", "opt@stable")).isZero();
    assertThat(asked(ImportModelRequest.class).getBase())
        .isEqualTo("projects/default/models/opt@stable");
    assertThat(kedge("model", "import", "tuned", path)).isZero();
    assertThat(asked(ImportModelRequest.class).getBase()).isEmpty();
  }

  @Test
  void aModelsFilesAreAllSentExceptHiddenOnesAndPickles() throws IOException {
    write("clip/config.json", new byte[] {1});
    write("clip/model.safetensors", new byte[] {2});
    write("clip/pytorch_model.bin", new byte[] {3});
    write("clip/.gitattributes", new byte[] {4});

    assertThat(kedge("model", "import", "clip-base", folder.resolve("clip").toString())).isZero();
    ImportModelRequest asked = asked(ImportModelRequest.class);
    assertThat(asked.getFilesList())
        .extracting(File::getPath)
        .containsExactly("config.json", "model.safetensors");
    assertThat(asked.getOrigin()).isEqualTo("clip");
    assertThat(err()).contains("left out, a pickle: pytorch_model.bin");
    assertThat(out())
        .isEqualTo("registered models/clip-base/versions/1: clip, 1,234,567 weights, sha256:ab\n");
  }

  @Test
  void aModelOfPicklesAloneIsRefusedWithTheRemedy() throws IOException {
    write("clip/pytorch_model.bin", new byte[] {3});

    assertThat(kedge("model", "import", "clip-base", folder.resolve("clip").toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("pytorch_model.bin").contains("model.save_pretrained");
    assertThat(gateway.requests).isEmpty();
  }

  @Test
  void anUploadThatIsRefusedTellsTheGatewaysReason() throws IOException {
    write("photo.tar", new byte[10]);
    gateway.refusal = Status.INVALID_ARGUMENT.withDescription("no such project");

    assertThat(kedge("dataset", "import", "x", folder.resolve("photo.tar").toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err()).isEqualTo("no such project\n");
  }

  @Test
  void aCheckpointIsExportedAsAFolderOnceEveryFileIsThere() throws IOException {
    gateway.export = new ArrayList<>(pieces("config.json", "{}", "{}"));
    gateway.export.addAll(pieces("weights/model.safetensors", "bytes", "bytes"));
    Path target = folder.resolve("out");

    assertThat(kedge("export", "sha256:" + DIGEST, target.toString())).isZero();
    assertThat(asked(ExportCheckpointRequest.class).getName())
        .isEqualTo("projects/default/checkpoints/" + DIGEST);
    assertThat(target.resolve("config.json")).hasContent("{}");
    assertThat(target.resolve("weights/model.safetensors")).hasContent("bytes");

    assertThat(kedge("export", DIGEST, target.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("not empty: name a new folder");
  }

  @Test
  void aDamagedOrEscapingFileLeavesNothingBehind() {
    gateway.export = pieces("config.json", "{}", "other");
    assertThat(kedge("export", DIGEST, folder.resolve("out").toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err()).contains("config.json arrived as sha256:");

    gateway.export = pieces("../escaped", "x", "x");
    assertThat(kedge("export", DIGEST, folder.resolve("out").toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err()).contains("leads out of the folder");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void promotingPointsAnAlias() {
    assertThat(kedge("promote", DIGEST, "photo-clip@production")).isZero();
    PromoteCheckpointRequest asked = asked(PromoteCheckpointRequest.class);
    assertThat(asked.getModelId()).isEqualTo("photo-clip");
    assertThat(asked.getAlias()).isEqualTo("production");
    assertThat(asked.getExperiment()).isEmpty();
    assertThat(out()).contains("also @production").doesNotContain("from experiments");

    assertThat(kedge("promote", DIGEST, "photo-clip", "--experiment", "e0123456789abcdef"))
        .isZero();
    assertThat(out()).contains("from experiments/e0123456789abcdef");
  }

  @Test
  void anExperimentStandsForTheCheckpointThatItRecommends() {
    String recommended = "projects/default/checkpoints/" + DIGEST;
    gateway.experiment =
        Experiment.newBuilder()
            .setName("projects/default/experiments/e7")
            .setDisplayName("pacs")
            .build();
    gateway.report = Report.newBuilder().setRecommendedCheckpoint(recommended).build();

    assertThat(kedge("promote", "pacs", "photo-clip")).isZero();

    assertThat(asked(GetReportRequest.class).getName())
        .isEqualTo("projects/default/experiments/e7");
    assertThat(asked(PromoteCheckpointRequest.class).getName()).isEqualTo(recommended);
    assertThat(asked(PromoteCheckpointRequest.class).getExperiment())
        .isEqualTo("projects/default/experiments/e7");
  }

  @Test
  void aReportIsPrintedInTheFormatThatIsAskedFor() {
    gateway.report = Report.newBuilder().setTitle("Photos").build();
    assertThat(kedge("report", "e7", "--format", "csv")).isZero();
    assertThat(out()).isEqualTo("point,value\nbase,1\n");
    assertThat(asked(GetReportRequest.class).getHtml()).isFalse();
    assertThat(kedge("report", "e7", "--format", "markdown")).isZero();
    assertThat(out()).endsWith("# Title\n");
    assertThat(kedge("report", "e7", "--format", "html")).isZero();
    assertThat(out()).endsWith("<html/>\n");
    assertThat(kedge("report", "e7", "--format", "json")).isZero();
    assertThat(out()).contains("\"title\": \"Photos\"");
    assertThat(kedge("report", "e7", "--format", "markdown", "--all")).isZero();
    assertThat(asked(GetReportRequest.class).getAll()).isTrue();
    assertThat(kedge("report", "e7", "--format", "pdf")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aDigestThatIsCutShortIsAskedForWhole() {
    assertThat(kedge("export", DIGEST.substring(0, 12), folder.resolve("out").toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("is a part of a digest: give all 64 digits");
  }

  @Test
  void anExperimentThatRecommendsNothingIsNoCheckpoint() {
    assertThat(kedge("promote", "pacs", "photo-clip")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("pacs recommends no checkpoint");
  }

  private static List<ExportCheckpointResponse> pieces(String path, String bytes, String digested) {
    File file =
        File.newBuilder()
            .setPath(path)
            .setDigest(TestingGateway.digest(digested.getBytes(StandardCharsets.UTF_8)))
            .build();
    return List.of(
        ExportCheckpointResponse.newBuilder().setFile(file).build(),
        ExportCheckpointResponse.newBuilder().setData(ByteString.copyFromUtf8(bytes)).build());
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static List<String> names(byte[] tar) throws IOException {
    List<String> names = new ArrayList<>();
    try (var in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
