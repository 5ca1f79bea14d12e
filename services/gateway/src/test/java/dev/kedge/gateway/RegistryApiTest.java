package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.kedge.contract.StageKey;
import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.source.FileTree;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.models.train.LoraAdapter;
import dev.kedge.models.train.LoraConfig;
import dev.kedge.plan.Preparations;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Condition;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageResult;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.v1.DatasetContents;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.ExportCheckpointRequest;
import dev.kedge.v1.ExportCheckpointResponse;
import dev.kedge.v1.File;
import dev.kedge.v1.GetCheckpointRequest;
import dev.kedge.v1.GetDatasetVersionRequest;
import dev.kedge.v1.GetModelVersionRequest;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.ListDatasetsRequest;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.PromoteCheckpointRequest;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.UploadBlobRequest;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class RegistryApiTest extends GatewayFixture {
  @Inject Projects projects;
  @Inject ModelRegistry models;

  @Test
  void aClipIsRegisteredAndTheSameFilesAgainAreTheSameVersion() {
    ModelVersion first = model("clip-base", clip());

    assertThat(first.getName()).isEqualTo("projects/p/models/clip-base/versions/1");
    assertThat(first.getFamily()).isEqualTo("clip");
    assertThat(first.getParameters()).isBetween(60_000L, 66_000L);
    assertThat(model("clip-base", clip())).isEqualTo(first);
    assertThat(get("projects/p/models/clip-base")).isEqualTo(first);
  }

  @Test
  void anOpenClipFolderBecomesAHuggingFaceOne() {
    ModelVersion version =
        model(
            "open",
            Map.of(
                "open_clip_config.json", resource("open_clip_config.json"),
                "open_clip_model.safetensors", resource("open_clip_state_dict.safetensors"),
                "tokenizer.json", resource("tokenizer.json")));

    assertThat(export(version.getArtifact()))
        .containsKeys("config.json", "model.safetensors", "tokenizer.json")
        .doesNotContainKey("open_clip_model.safetensors");
  }

  @Test
  void anAdapterIsMergedIntoItsBase(@TempDir Path folder) throws IOException {
    model("adapted-base", language());
    String base = "projects/p/models/adapted-base";
    Map<String, byte[]> adapter = adapter(folder, "transformer.h.0.attn.c_attn");

    ModelVersion merged = model("adapted", adapter, base);

    assertThat(merged.getFamily()).isEqualTo("gpt2");
    Map<String, ByteString> files = export(merged.getArtifact());
    assertThat(files).containsOnlyKeys("config.json", "model.safetensors", "tokenizer.json");
    String name = "transformer.h.0.attn.c_attn.weight";
    float[] before = floats(folder, language().get("model.safetensors"), name);
    float[] after = floats(folder, files.get("model.safetensors").toByteArray(), name);
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo(before[i] + 2f, within(1e-6f));
    }
    assertThat(reason(refused(() -> model("adapted", adapter)))).isEqualTo("BASE_MISSING");
    assertThat(reason(refused(() -> model("adapted", language(), base))))
        .isEqualTo("BASE_NEEDLESS");
    assertThat(reason(refused(() -> model("adapted", adapter, base + "-gone"))))
        .isEqualTo("MODEL_NOT_FOUND");
    Map<String, byte[]> foreign = adapter(folder, "transformer.h.9.attn.c_attn");
    assertThat(refused(() -> model("adapted", foreign, base)).getStatus().getDescription())
        .contains("the base has nothing there: it is another model's");
  }

  /** A and B of ones, with α = 2r, on a matrix [8, 24]: 2 is added everywhere. */
  private static Map<String, byte[]> adapter(Path folder, String module) throws IOException {
    MemoryTensors tensors = new MemoryTensors();
    tensors.put(module + ".lora_A.weight", ones(8), 1, 8);
    tensors.put(module + ".lora_B.weight", ones(24), 24, 1);
    LoraConfig config = new LoraConfig(1, 2, true, List.of(module), List.of());
    new LoraAdapter(config, tensors).write(folder);
    return Map.of(
        LoraConfig.NAME, Files.readAllBytes(folder.resolve(LoraConfig.NAME)),
        LoraAdapter.TENSORS, Files.readAllBytes(folder.resolve(LoraAdapter.TENSORS)));
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static float[] floats(Path folder, byte[] weights, String name) throws IOException {
    Path file = Files.write(folder.resolve("some.safetensors"), weights);
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      return tensors.floats(name);
    }
  }

  @Test
  void aModelThatIsNoClipIsRefused() {
    Map<String, byte[]> files = new HashMap<>(clip());
    files.put("config.json", "{\"model_type\": \"bert\"}".getBytes(StandardCharsets.UTF_8));

    StatusRuntimeException refused = refused(() -> model("bert", files));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(reason(refused)).isEqualTo("MODEL_INVALID");
    assertThat(refused.getStatus().getDescription()).contains("config.json").contains("bert");
  }

  @Test
  void aLanguageModelIsRegisteredUnderItsFamily() {
    ModelVersion version = model("lm", language());
    assertThat(version.getFamily()).isEqualTo("gpt2");
    assertThat(version.getParameters()).isPositive();
  }

  @Test
  void anUnknownFamilyIsToldTheKnownOnes() {
    Map<String, byte[]> files = new HashMap<>(language());
    files.put("config.json", "{\"model_type\": \"t5\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(refused(() -> model("t5", files)).getStatus().getDescription())
        .contains("'t5'")
        .contains("known are clip and, of language models, opt, gpt2, llama");
  }

  @Test
  void aTokenizerWithMoreIdsThanTheModelHasTokensIsRefused() {
    Map<String, byte[]> files = new HashMap<>(language());
    files.put(
        "tokenizer.json",
        "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 99999}}}".getBytes(StandardCharsets.UTF_8));
    assertThat(refused(() -> model("foreign", files)).getStatus().getDescription())
        .contains("ids up to 99999")
        .contains("give the model's own tokenizer");
    files.remove("tokenizer.json");
    assertThat(refused(() -> model("mute", files)).getStatus().getDescription())
        .contains("no tokenizer: add tokenizer.json");
  }

  @Test
  void truncatedAndLyingWeightsAreRefusedAndTheGatewayLives() {
    byte[] weights = resource("model.safetensors");
    byte[] truncated = Arrays.copyOf(weights, weights.length / 2);
    byte[] lying = weights.clone();
    lying[7] = 0x7F;

    for (byte[] hostile : List.of(truncated, lying)) {
      Map<String, byte[]> files = new HashMap<>(clip());
      files.put("model.safetensors", hostile);
      assertThat(reason(refused(() -> model("hostile", files)))).isEqualTo("MODEL_INVALID");
    }
    StatusRuntimeException missing = refused(() -> get("projects/p/models/hostile"));
    assertThat(missing.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void weightsThatAreNoNumbersAreRefusedWithTheTensorsName() {
    byte[] weights = resource("model.safetensors").clone();
    ByteBuffer.wrap(weights)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(weights.length - Float.BYTES, Float.NaN);
    Map<String, byte[]> files = new HashMap<>(clip());
    files.put("model.safetensors", weights);

    StatusRuntimeException refused = refused(() -> model("diverged", files));
    assertThat(reason(refused)).isEqualTo("MODEL_INVALID");
    assertThat(refused.getStatus().getDescription()).contains("tensor '").contains("is NaN");
  }

  @Test
  void aConfigurationThatIsNoJsonIsNamed() {
    StatusRuntimeException refused =
        refused(
            () ->
                model(
                    "open",
                    Map.of(
                        "open_clip_config.json", "{".getBytes(StandardCharsets.UTF_8),
                        "open_clip_model.safetensors", resource("open_clip_state_dict.safetensors"),
                        "tokenizer.json", resource("tokenizer.json"))));

    assertThat(reason(refused)).isEqualTo("MODEL_INVALID");
    assertThat(refused.getStatus().getDescription())
        .contains("open_clip_config.json is not JSON")
        .contains("line: 1, column: 1")
        .doesNotContain("REDACTED");
  }

  @Test
  void aModelWithoutTokenizerOrWithPicklesIsRefused() {
    Map<String, byte[]> bare = new HashMap<>(clip());
    bare.remove("tokenizer.json");
    assertThat(refused(() -> model("bare", bare)).getStatus().getDescription())
        .contains("no tokenizer: add tokenizer.json");

    Map<String, byte[]> pickled = new HashMap<>(clip());
    pickled.put("pytorch_model.bin", new byte[1]);
    assertThat(reason(refused(() -> model("pickled", pickled)))).isEqualTo("PICKLE_REFUSED");
  }

  @Test
  void dataIsCountedByClass() {
    DatasetVersion version = dataset("pets", "cat/1.jpg", "cat/2.jpg", "dog/1.jpg");

    assertThat(version.getName()).isEqualTo("projects/p/datasets/pets/versions/1");
    assertThat(version.getClassesList()).containsExactly("cat", "dog");
    assertThat(version.getRecords()).isEqualTo(3);
    assertThat(dataset("pets", "cat/1.jpg", "dog/9.jpg").getName()).endsWith("/versions/2");
    assertThat(
            registry
                .getDatasetVersion(
                    GetDatasetVersionRequest.newBuilder()
                        .setName("projects/p/datasets/pets/versions/1")
                        .build())
                .getRecords())
        .isEqualTo(3);
  }

  @Test
  void shardsWithACaptionOfEveryPictureHaveThatField() {
    byte[] text = "a cat".getBytes(StandardCharsets.UTF_8);
    File one = upload("a/1.jpg", new byte[] {1});
    File other = upload("a/2.jpg", new byte[] {2});
    ImportDatasetRequest.Builder shards =
        ImportDatasetRequest.newBuilder()
            .setParent(PROJECT)
            .setDatasetId("said")
            .setFormat("WEBDATASET")
            .addFiles(one)
            .addFiles(upload("a/1.txt", text))
            .addFiles(other);

    DatasetVersion all = imported(shards.clone().addFiles(upload("a/2.json", caption("a dog"))));
    assertThat(all.getFieldsList()).containsExactly("caption");
    assertThat(all.getClassesList()).containsExactly("picture");
    assertThat(all.getRecords()).isEqualTo(2);

    shards.addFiles(upload("a/1.cls", text)).addFiles(upload("a/2.cls", text));
    assertThat(imported(shards).getFieldsList()).isEmpty();
  }

  private static byte[] caption(String text) {
    return "{\"caption\": \"%s\"}".formatted(text).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aClassFolderWithoutAPictureIsTold() {
    DatasetVersion version = dataset("a-class-is-gone", "cat/1.jpg", "dog/Thumbs.db");

    assertThat(version.getClassesList()).containsExactly("cat");
    assertThat(version.getEmptyFoldersList()).containsExactly("dog");
    assertThat(version.getEmptyFolderCount()).isEqualTo(1);
    assertThat(datasetVersion("a-class-is-gone")).isEqualTo(version);
  }

  @Test
  void ofManyClassFoldersWithoutAPictureSomeAreNamedAndAllCounted() {
    Stream<String> empty = IntStream.range(100, 150).mapToObj("%d/Thumbs.db"::formatted);
    DatasetVersion version =
        dataset(
            "many-classes-are-gone",
            Stream.concat(Stream.of("cat/1.jpg"), empty).toArray(String[]::new));

    assertThat(version.getEmptyFoldersList()).hasSize(20).startsWith("100", "101");
    assertThat(version.getEmptyFolderCount()).isEqualTo(50);
  }

  @Test
  void aDataSetTellsWhatIsInItOnceAnExperimentHasPreparedIt(@TempDir Path folder)
      throws IOException {
    DatasetVersion imported = dataset("looked-at", "cat/1.jpg", "cat/2.jpg", "dog/1.jpg");
    assertThat(datasetVersion("looked-at").hasContents()).isFalse();

    Path source = folder.resolve("source");
    for (String file : List.of("cat/1.png", "cat/2.png", "dog/1.png")) {
      Files.createDirectories(source.resolve(file).getParent());
      boolean isFirst = file.equals("cat/1.png");
      BufferedImage picture = new BufferedImage(isFirst ? 5 : 9, 4, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(picture, "png", source.resolve(file).toFile());
    }
    Files.writeString(source.resolve("dog/2.png"), "no picture");
    try (FileTree tree = FileTree.open(source, folder)) {
      new DatasetPreparation(0.5).prepare(tree, folder.resolve("prepared"), (a, b, c) -> {});
    }
    ProjectStore store = projects.store("p");
    byte[] manifest = Files.readAllBytes(folder.resolve("prepared/manifest.json"));
    SortedMap<String, Blob> files =
        new TreeMap<>(Map.of("manifest.json", store.blobs().put(manifest)));
    Digest artifact = store.artifacts().put(new Artifact("dataset", files));
    String key =
        StageKey.of(
            Preparations.of(imported.getArtifact(), PrepareSpec.Format.IMAGE_FOLDER, Map.of()));
    JsonNodeFactory json = JsonNodeFactory.instance;
    store.results().commit(key, new StageResult(artifact, json.objectNode(), json.objectNode()));

    DatasetContents contents = datasetVersion("looked-at").getContents();
    assertThat(contents.getSamples()).isEqualTo(3);
    assertThat(contents.getClassesMap()).containsOnly(entry("cat", 2), entry("dog", 1));
    assertThat(contents.getFormatsMap()).containsOnly(entry("png", 3));
    assertThat(contents.getDuplicates()).isEqualTo(1);
    assertThat(contents.getQuarantined()).isEqualTo(1);
    assertThat(contents.getReasonsMap()).containsOnly(entry("no JPEG, PNG, WebP or GIF file", 1));
    assertThat(contents.getQuarantine(0).getPath()).isEqualTo("dog/2.png");
    assertThat(contents.getWidth())
        .isEqualTo(DatasetContents.Spread.newBuilder().setLeast(5).setMedian(9).setMost(9).build());
    assertThat(contents.getHeight().getMost()).isEqualTo(4);
  }

  private DatasetVersion datasetVersion(String id) {
    return registry.getDatasetVersion(
        GetDatasetVersionRequest.newBuilder().setName("projects/p/datasets/" + id).build());
  }

  @Test
  void dataWithoutClassesIsRefused() {
    StatusRuntimeException refused = refused(() -> dataset("flat", "1.jpg"));
    assertThat(reason(refused)).isEqualTo("DATASET_UNUSABLE");
    assertThat(refused.getStatus().getDescription()).contains("CLASS/NAME.jpg");
  }

  @Test
  void recordsAreCountedAndTheFieldsThatAllHaveAreTold() {
    byte[] lines = "{\"q\": 1, \"a\": 2}\n{\"q\": 3}\nbroken\n".getBytes(StandardCharsets.UTF_8);
    DatasetVersion version = texts("qa", "RECORDS", upload("qa.jsonl", lines));

    assertThat(version.getFormat()).isEqualTo("RECORDS");
    assertThat(version.getRecords()).as("the broken one too").isEqualTo(3);
    assertThat(version.getFieldsList()).containsExactly("q");
    assertThat(version.getClassesList()).isEmpty();
    assertThat(texts("notes", "TEXT", upload("a.txt", lines)).getFieldsList())
        .containsExactly("id", "text");
  }

  @Test
  void textThatCannotBeReadAndFormatsThatNobodyKnowsAreRefused() {
    File broken = upload("qa.jsonl", "broken".getBytes(StandardCharsets.UTF_8));
    StatusRuntimeException refused = refused(() -> texts("bad", "RECORDS", broken));
    assertThat(reason(refused)).isEqualTo("DATASET_UNUSABLE");
    assertThat(refused.getStatus().getDescription()).contains("qa.jsonl:1 (no JSON");
    assertThat(refused(() -> texts("bad", "PARQUET", broken)).getStatus().getDescription())
        .contains(
            "known are [IMAGE_FOLDER, WEBDATASET, IMAGE_TABLE, IMAGE_CAPTIONS, RECORDS, TEXT]");
  }

  @Test
  void columnsThatWereNamedAtImportAreKeptAndOthersAreAnotherVersion() {
    File table = upload("qa.csv", "prompt,answer\nwhat,yes\n".getBytes(StandardCharsets.UTF_8));
    ImportDatasetRequest.Builder request =
        ImportDatasetRequest.newBuilder()
            .setParent(PROJECT)
            .setDatasetId("table")
            .setFormat("RECORDS")
            .addFiles(table);
    DatasetVersion plain = imported(request);
    DatasetVersion renamed = imported(request.putColumns("question", "prompt"));

    assertThat(plain.getFieldsList()).containsExactly("answer", "prompt");
    assertThat(renamed.getFieldsList()).containsExactly("answer", "question");
    assertThat(renamed.getColumnsMap()).containsExactly(Map.entry("question", "prompt"));
    assertThat(renamed.getName()).endsWith("/versions/2");
  }

  private DatasetVersion imported(ImportDatasetRequest.Builder request) {
    return unpack(registry.importDataset(request.build()).getResponse(), DatasetVersion.class);
  }

  private DatasetVersion texts(String id, String format, File file) {
    return unpack(
        registry
            .importDataset(
                ImportDatasetRequest.newBuilder()
                    .setParent(PROJECT)
                    .setDatasetId(id)
                    .setFormat(format)
                    .addFiles(file)
                    .build())
            .getResponse(),
        DatasetVersion.class);
  }

  @Test
  void filesThatAreNotUploadedOrLeadAwayAreAllReported() {
    File here = upload("../../escape.jpg", new byte[] {1});
    File missing = here.toBuilder().setPath("cat/2.jpg").setSize(5).build();
    File garbled = here.toBuilder().setDigest("sha256:zz").build();

    StatusRuntimeException refused = refused(() -> importFiles("x", List.of(missing, garbled)));
    assertThat(fields(refused)).containsExactly("files[0]", "files[1]");
    assertThat(reason(refused(() -> importFiles("x", List.of(here))))).isEqualTo("PATH_INVALID");
    assertThat(fields(refused(() -> importFiles("X y", List.of(here)))))
        .containsExactly("dataset_id");
  }

  @Test
  void aNameThatLeadsOutOfItsProjectIsRefused() {
    assertThat(fields(refused(() -> get("projects/../models/x")))).containsExactly("name");
    assertThat(fields(refused(() -> get("projects/p/models/../x")))).containsExactly("name");
  }

  @Test
  void anUploadMustNameItsProjectFirst() throws Exception {
    var call = RegistryServiceGrpc.newBlockingV2Stub(channel).uploadBlob();
    call.write(UploadBlobRequest.newBuilder().setData(ByteString.copyFromUtf8("x")).build());

    StatusException refused = catchThrowableOfType(StatusException.class, call::read);
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused.getStatus().getDescription()).contains("names the project");
  }

  @Test
  void dataThatLiesInTheBucketAlreadyIsCopiedIntoTheProject() {
    byte[] bytes = {1, 2, 3};
    for (String key : List.of("incoming/pets/cat/1.jpg", "incoming/pets/dog/1.jpg")) {
      projects.objects().put(key, bytes, Condition.ALWAYS);
    }
    projects.objects().put("incoming/petshop/cat/1.jpg", bytes, Condition.ALWAYS);

    DatasetVersion version = unpack(importUri("s3://kedge/incoming/pets"), DatasetVersion.class);
    assertThat(version.getRecords()).isEqualTo(2);
    assertThat(version.getClassesList()).containsExactly("cat", "dog");
  }

  @Test
  void aPrefixThatIsSomebodyElsesIsRefused() {
    assertThat(fields(refused(() -> importUri("s3://other/pets")))).containsExactly("uri");
    for (String own :
        List.of("projects/q", "/projects/q", "//projects/q", "projects//q", "/proj")) {
      assertThat(fields(refused(() -> importUri("s3://kedge/" + own)))).containsExactly("uri");
    }
    assertThat(fields(refused(() -> importUri("s3://kedge/incoming/nothing"))))
        .containsExactly("uri");
  }

  @Test
  void whatLiesOutsideOfThePrefixesForImportsIsNotLookedAt() {
    projects.objects().put("backup/cat/1.jpg", new byte[] {1}, Condition.ALWAYS);
    for (String elsewhere :
        List.of(
            "backup",
            "incomings/x",
            "/incoming/x",
            "incoming/../backup",
            "incoming/./../projects/q",
            "incoming//x")) {
      StatusRuntimeException refused = refused(() -> importUri("s3://kedge/" + elsewhere));
      assertThat(fields(refused)).as(elsewhere).containsExactly("uri");
      assertThat(refused.getStatus().getDescription())
          .contains("s3://kedge/incoming/", "kedge.gateway.import-prefixes");
    }
  }

  @Test
  void whatLiesInsideIsNotFetchedNorIsAnythingToldOfASecret() {
    StatusRuntimeException refused =
        refused(
            () ->
                imported(
                    ImportDatasetRequest.newBuilder()
                        .setParent(PROJECT)
                        .setDatasetId("inside")
                        .addUrls("http://127.0.0.1/a.tar?signature=secret")));
    assertThat(fields(refused)).containsExactly("urls");
    assertThat(refused.getStatus().getDescription())
        .contains("127.0.0.1 leads into a private network")
        .contains("kedge.gateway.fetch-from-private-networks")
        .doesNotContain("secret");
    assertThat(
            reason(
                refused(
                    () ->
                        imported(
                            ImportDatasetRequest.newBuilder()
                                .setParent(PROJECT)
                                .setDatasetId("inside")
                                .setUri("s3://kedge/x")
                                .addUrls("http://127.0.0.1/a.tar")))))
        .isEqualTo("SOURCE_TWICE");
  }

  @Test
  void anImportCanBeReadAgainAsAnOperation() {
    Operation done = importFiles("again", List.of(upload("cat/1.jpg", new byte[] {1})));

    Operation read =
        OperationsGrpc.newBlockingStub(channel)
            .getOperation(GetOperationRequest.newBuilder().setName(done.getName()).build());
    assertThat(read).isEqualTo(done);
    assertThat(unpack(read.getResponse(), DatasetVersion.class).getRecords()).isEqualTo(1);
  }

  @Test
  void listsComeInPages() {
    for (String id : List.of("page-a", "page-b", "page-c")) {
      dataset(id, "cat/1.jpg");
    }
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      var page =
          registry.listDatasets(
              ListDatasetsRequest.newBuilder()
                  .setParent(PROJECT)
                  .setPageSize(2)
                  .setPageToken(token)
                  .build());
      assertThat(page.getDatasetsCount()).isLessThanOrEqualTo(2);
      page.getDatasetsList().forEach(dataset -> names.add(dataset.getName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(names)
        .doesNotHaveDuplicates()
        .isSorted()
        .contains("projects/p/datasets/page-a/versions/1", "projects/p/datasets/page-c/versions/1");
  }

  @Test
  void aPromotedVersionKeepsTheExperimentThatItComesFromAndNoOther() {
    String base = model("clip-base", clip()).getArtifact();
    dataset("photo", "cat/1.jpg", "dog/1.jpg");
    dataset("art", "cat/2.jpg", "dog/2.jpg");
    String experiment =
        experiments
            .launchExperiment(
                LaunchExperimentRequest.newBuilder()
                    .setParent(PROJECT)
                    .setSpec(spec())
                    .setRequestId(UUID.randomUUID().toString())
                    .build())
            .getName();
    var promotion =
        PromoteCheckpointRequest.newBuilder().setName(checkpoint(base)).setModelId("kept");

    assertThat(registry.promoteCheckpoint(promotion.build()).getExperiment()).isEmpty();
    ModelVersion known = registry.promoteCheckpoint(promotion.setExperiment(experiment).build());
    assertThat(known.getName()).as("the same files are the same version").endsWith("/versions/1");
    assertThat(known.getExperiment()).isEqualTo(experiment);
    assertThat(registry.promoteCheckpoint(promotion.clearExperiment().build())).isEqualTo(known);
    promotion.setExperiment(experiment);

    assertThat(model("imported", clip()).getArtifact()).isEqualTo(base);
    ModelVersion imported = registry.promoteCheckpoint(promotion.setModelId("imported").build());
    assertThat(imported.getExperiment()).as("it was there before").isEmpty();

    String other = model("another", language()).getArtifact();
    for (String wrong : List.of(experiment, "projects/q/experiments/e0123456789abcdef")) {
      StatusRuntimeException foreign =
          refused(
              () ->
                  registry.promoteCheckpoint(
                      PromoteCheckpointRequest.newBuilder()
                          .setName(checkpoint(other))
                          .setModelId("foreign")
                          .setExperiment(wrong)
                          .build()));
      assertThat(reason(foreign)).isEqualTo("CHECKPOINT_FOREIGN");
      assertThat(fields(foreign)).containsExactly("experiment");
    }
  }

  @Test
  void versionsAreFoundByTheirFilesHoweverManyModelsThereAre() {
    ProjectStore many = projects.store("p-many");
    for (int i = 0; i < 205; i++) {
      String record =
          "{\"models\":[{\"name\":\"m%1$d\",\"artifact\":\"a%2$d\"}]}".formatted(i, i / 2);
      many.records().create("models/m%03d".formatted(i), record.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(models.withFiles(new ProjectName("p-many"), Set.of("a50", "a102")))
        .extracting(ModelVersion::getName)
        .containsExactly("m100", "m101", "m204");
  }

  @Test
  void aCheckpointIsExportedByteForByteAndPromoted() {
    ModelVersion version = model("exported", clip());

    assertThat(export(version.getArtifact()).get("model.safetensors"))
        .isEqualTo(ByteString.copyFrom(resource("model.safetensors")));

    String checkpoint = checkpoint(version.getArtifact());
    ModelVersion promoted =
        registry.promoteCheckpoint(
            PromoteCheckpointRequest.newBuilder()
                .setName(checkpoint)
                .setModelId("tuned")
                .setAlias("production")
                .build());
    assertThat(promoted.getAliasesList()).containsExactly("production");
    assertThat(get("projects/p/models/tuned@production")).isEqualTo(promoted);
    assertThat(
            registry
                .getCheckpoint(GetCheckpointRequest.newBuilder().setName(checkpoint).build())
                .getFilesCount())
        .isEqualTo(3);
  }

  @Test
  void aSpoiltFileIsNamedWithTheWayToHaveItAgainHoweverOftenItIsAskedFor() {
    Blob notes = blob("only here");
    String artifact = stored("model", Map.of("config.json", blob("{}"), "notes.md", notes));
    spoil(notes);

    for (int i = 0; i < 2; i++) {
      StatusRuntimeException lost = refused(() -> export(artifact));
      assertThat(lost.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
      assertThat(lost.getStatus().getDescription())
          .contains("notes.md is spoilt in the store and was put aside")
          .contains("blobs/spoilt/" + notes.digest().hex())
          .contains("launch the experiment again");
    }
  }

  @Test
  void aDeletedFileIsNamedAsMissingWithTheWayToHaveItAgain() {
    Blob notes = blob("deleted afterwards");
    String artifact = stored("model", Map.of("config.json", blob("{}"), "notes.md", notes));
    projects.objects().delete(key(notes));

    StatusRuntimeException lost = refused(() -> export(artifact));

    assertThat(lost.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
    assertThat(lost.getStatus().getDescription())
        .contains("notes.md is missing in the store")
        .contains("launch the experiment again")
        .doesNotContain("spoilt");
    var promotion =
        PromoteCheckpointRequest.newBuilder()
            .setName(checkpoint(artifact))
            .setModelId("incomplete");
    StatusRuntimeException unpromoted =
        refused(() -> registry.promoteCheckpoint(promotion.build()));
    assertThat(reason(unpromoted)).isEqualTo("CHECKPOINT_LOST");
    assertThat(unpromoted).hasMessage(lost.getMessage());
  }

  @Test
  void whatTheStoreLostIsPutBackFromTheCopyThatThisNodeHas() {
    Blob notes = blob("read here before");
    String artifact = stored("model", Map.of("config.json", blob("{}"), "notes.md", notes));
    export(artifact);
    projects.objects().delete(key(notes));

    assertThat(export(artifact)).containsOnlyKeys("config.json", "notes.md");

    assertThat(projects.objects().head(key(notes))).isPresent();
  }

  @Test
  void informationThatWeightsAnAverageIsExportedButIsNoModel() {
    String fisher = stored("fisher", Map.of("fisher.safetensors", blob("F")));

    assertThat(export(fisher)).containsOnlyKeys("fisher.safetensors");
    var promotion =
        PromoteCheckpointRequest.newBuilder().setName(checkpoint(fisher)).setModelId("no-model");
    assertThat(reason(refused(() -> registry.promoteCheckpoint(promotion.build()))))
        .isEqualTo("CHECKPOINT_NOT_FOUND");
  }

  private Blob blob(String text) {
    return projects.store("p").blobs().put(text.getBytes(StandardCharsets.UTF_8));
  }

  private String stored(String kind, Map<String, Blob> files) {
    return projects.store("p").artifacts().put(new Artifact(kind, new TreeMap<>(files))).toString();
  }

  @Test
  void whatIsNoCheckpointIsNotExported() {
    String dataset = dataset("no-model", "cat/1.jpg").getArtifact();
    assertThat(reason(refused(() -> export(dataset)))).isEqualTo("CHECKPOINT_NOT_FOUND");
    assertThat(reason(refused(() -> export("sha256:" + "0".repeat(64)))))
        .isEqualTo("CHECKPOINT_NOT_FOUND");
  }

  /** Other bytes under the same name, as many as before. */
  private void spoil(Blob blob) {
    assertThat(projects.objects().head(key(blob))).isPresent();
    projects.objects().put(key(blob), new byte[(int) blob.size()], Condition.ALWAYS);
  }

  private static String key(Blob blob) {
    String hex = blob.digest().hex();
    return "projects/p/blobs/sha256/%s/%s".formatted(hex.substring(0, 2), hex);
  }

  private Any importUri(String uri) {
    return registry
        .importDataset(
            ImportDatasetRequest.newBuilder()
                .setParent(PROJECT)
                .setDatasetId("from-bucket")
                .setUri(uri)
                .build())
        .getResponse();
  }

  private Operation importFiles(String id, List<File> files) {
    return registry.importDataset(
        ImportDatasetRequest.newBuilder()
            .setParent(PROJECT)
            .setDatasetId(id)
            .addAllFiles(files)
            .build());
  }

  private ModelVersion get(String name) {
    return registry.getModelVersion(GetModelVersionRequest.newBuilder().setName(name).build());
  }

  private Map<String, ByteString> export(String artifact) {
    Map<String, ByteString> files = new HashMap<>();
    String path = "";
    var pieces =
        registry.exportCheckpoint(
            ExportCheckpointRequest.newBuilder().setName(checkpoint(artifact)).build());
    while (pieces.hasNext()) {
      ExportCheckpointResponse piece = pieces.next();
      path = piece.hasFile() ? piece.getFile().getPath() : path;
      files.merge(path, piece.getData(), ByteString::concat);
    }
    return files;
  }

  private static String checkpoint(String artifact) {
    return PROJECT + "/checkpoints/" + artifact.substring("sha256:".length());
  }

  private static StatusRuntimeException refused(Supplier<?> call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::get);
  }
}
