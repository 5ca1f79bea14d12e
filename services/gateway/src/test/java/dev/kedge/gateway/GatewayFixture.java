package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.models.language.TokenVocabulary;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.File;
import dev.kedge.v1.ImageClassification;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.ImportModelRequest;
import dev.kedge.v1.Method;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.Task;
import dev.kedge.v1.Training;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.BlockingClientCall;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gRPC client of the gateway under test. */
abstract class GatewayFixture {
  static final String PROJECT = "projects/p";

  @TestHTTPResource URL address;
  ManagedChannel channel;
  RegistryServiceGrpc.RegistryServiceBlockingStub registry;
  ExperimentServiceGrpc.ExperimentServiceBlockingStub experiments;

  @BeforeEach
  void connect() {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
            .usePlaintext()
            .build();
    registry = RegistryServiceGrpc.newBlockingStub(channel);
    experiments = ExperimentServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  File upload(String path, byte[] bytes) {
    return upload(PROJECT, path, bytes);
  }

  File upload(String project, String path, byte[] bytes) {
    try {
      BlockingClientCall<UploadBlobRequest, UploadBlobResponse> call =
          RegistryServiceGrpc.newBlockingV2Stub(channel).uploadBlob();
      call.write(UploadBlobRequest.newBuilder().setParent(project).build());
      call.write(UploadBlobRequest.newBuilder().setData(ByteString.copyFrom(bytes)).build());
      call.halfClose();
      UploadBlobResponse kept = call.read();
      return File.newBuilder()
          .setPath(path)
          .setDigest(kept.getDigest())
          .setSize(kept.getSize())
          .build();
    } catch (StatusException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A data set of one file for each path; what is in them is for PREPARE to judge. */
  DatasetVersion dataset(String id, String... paths) {
    List<File> files = new ArrayList<>();
    for (String path : paths) {
      files.add(upload(path, (id + path).getBytes(StandardCharsets.UTF_8)));
    }
    return unpack(
        registry
            .importDataset(
                ImportDatasetRequest.newBuilder()
                    .setParent(PROJECT)
                    .setDatasetId(id)
                    .addAllFiles(files)
                    .build())
            .getResponse(),
        DatasetVersion.class);
  }

  ModelVersion model(String id, Map<String, byte[]> files) {
    return model(id, files, "");
  }

  /** A model made of files and the base that they change. */
  ModelVersion model(String id, Map<String, byte[]> files, String base) {
    var request = ImportModelRequest.newBuilder().setParent(PROJECT).setModelId(id).setBase(base);
    files.forEach((path, bytes) -> request.addFiles(upload(path, bytes)));
    return unpack(registry.importModel(request.build()).getResponse(), ModelVersion.class);
  }

  static byte[] resource(String name) {
    try (var in = GatewayFixture.class.getResourceAsStream("/clip/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, byte[]> clip() {
    return Map.of(
        "config.json", resource("config.json"),
        "model.safetensors", resource("model.safetensors"),
        "tokenizer.json", resource("tokenizer.json"));
  }

  /** A GPT-2 of few weights, and a tokenizer of its ids. */
  static Map<String, byte[]> language() {
    try {
      Path folder = Files.createTempDirectory("kedge-language");
      LanguageConfig config = new NewLanguageModel(8, 1, 2, 16, 300).of(NewLanguageModel.Kind.GPT2);
      LanguageFolder.write(folder, config, LanguageInitialisation.of(config, 0));
      TokenVocabulary.of(Stream.of("some words, and some more words"), 300).writeTo(folder, 16);
      Map<String, byte[]> files = new HashMap<>();
      for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
        files.put(name, Files.readAllBytes(folder.resolve(name)));
      }
      return files;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static String reason(StatusRuntimeException failure) {
    return details(failure, ErrorInfo.class).get(0).getReason();
  }

  static List<String> fields(StatusRuntimeException failure) {
    return details(failure, BadRequest.class).stream()
        .flatMap(request -> request.getFieldViolationsList().stream())
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }

  static <T extends com.google.protobuf.Message> T unpack(Any any, Class<T> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T extends com.google.protobuf.Message> List<T> details(
      StatusRuntimeException failure, Class<T> type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    assertThat(status).isNotNull();
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(type))
        .map(detail -> unpack(detail, type))
        .toList();
  }

  /** A small file of pictures. */
  static ExperimentSpec spec() {
    return ExperimentSpec.newBuilder()
        .setBase("models/clip-base")
        .setTask(
            Task.newBuilder()
                .setImageClassification(
                    ImageClassification.newBuilder()
                        .setTrain("datasets/photo")
                        .setValidationFraction(0.1)))
        .setTraining(Training.newBuilder().setEpochs(1).addLearningRate(1e-4))
        .addMethods(Method.newBuilder().setId("full").setFull(Method.Full.getDefaultInstance()))
        .addEvaluations(
            Evaluation.newBuilder()
                .setId("art")
                .setDataset("datasets/art")
                .setRole(Evaluation.Role.GENERALITY))
        .build();
  }
}
