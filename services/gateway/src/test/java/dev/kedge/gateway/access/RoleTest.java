package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.StorageServiceGrpc;
import dev.kedge.v1.SystemServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleTest {
  @Test
  void eachMethodOfTheApiHasItsRole() {
    assertThat(
            Stream.of(
                    ExperimentServiceGrpc.getServiceDescriptor(),
                    RegistryServiceGrpc.getServiceDescriptor(),
                    StorageServiceGrpc.getServiceDescriptor(),
                    SystemServiceGrpc.getServiceDescriptor())
                .map(ServiceDescriptor::getMethods)
                .flatMap(methods -> methods.stream())
                .map(MethodDescriptor::getBareMethodName))
        .hasSizeGreaterThan(25)
        .allMatch(method -> Role.of(method).isPresent());
  }

  @Test
  void whatNobodyHasThoughtOfIsClosed() {
    assertThat(Role.of("GetSecret")).isEmpty();
    assertThat(Role.of("WaitOperation")).as("of an interface of others").isEmpty();
  }
}
