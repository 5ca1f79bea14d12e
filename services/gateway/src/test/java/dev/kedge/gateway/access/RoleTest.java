package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.StorageServiceGrpc;
import dev.kedge.v1.SystemServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleTest {
  @Test
  void eachMethodOfTheApiNeedsTheRoleThatItsDocumentSays() {
    Map<Role, List<String>> methods = new TreeMap<>();
    for (Role role : Role.values()) {
      methods.put(role, methods(role));
    }
    assertThat(methods())
        .as("none is closed to all")
        .allMatch(method -> Role.of(method).isPresent());
    assertThat(methods)
        .containsEntry(
            Role.VIEWER,
            List.of(
                "CheckSystem",
                "ExportCheckpoint",
                "ExportExperiment",
                "GetCheckpoint",
                "GetDatasetVersion",
                "GetExperiment",
                "GetModelVersion",
                "GetReport",
                "GetStage",
                "ListDatasets",
                "ListExperiments",
                "ListModels",
                "ListPredictions",
                "PlanExperiment",
                "WatchExperiment"))
        .containsEntry(
            Role.EDITOR,
            List.of(
                "ForkExperiment", "ImportDataset", "ImportModel", "LaunchExperiment", "UploadBlob"))
        .containsEntry(
            Role.OPERATOR,
            List.of(
                "CancelExperiment",
                "PauseExperiment",
                "PromoteCheckpoint",
                "ResumeExperiment",
                "RetryStage",
                "SkipStage"))
        .containsEntry(
            Role.ADMIN, List.of("CollectGarbage", "DeleteExperiment", "ImportExperiment"));
  }

  @Test
  void whatNobodyHasThoughtOfIsClosed() {
    assertThat(Role.of("BurnEverything")).isEmpty();
    assertThat(Role.of("WaitOperation")).as("of an interface of others").isEmpty();
    assertThat(Role.of("GetOperation")).contains(Role.VIEWER);
  }

  private static List<String> methods(Role role) {
    return methods()
        .filter(method -> Role.of(method).filter(role::equals).isPresent())
        .sorted()
        .toList();
  }

  private static Stream<String> methods() {
    return Stream.of(
            ExperimentServiceGrpc.getServiceDescriptor(),
            RegistryServiceGrpc.getServiceDescriptor(),
            StorageServiceGrpc.getServiceDescriptor(),
            SystemServiceGrpc.getServiceDescriptor())
        .map(ServiceDescriptor::getMethods)
        .flatMap(all -> all.stream())
        .map(MethodDescriptor::getBareMethodName);
  }
}
