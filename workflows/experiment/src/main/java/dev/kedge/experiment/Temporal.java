package dev.kedge.experiment;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The connection to Temporal, one for the process. It is made on first use. */
@Singleton
public class Temporal {
  /** A client; nothing is sent before it is used. */
  public static WorkflowClient client(String address, String namespace) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    return WorkflowClient.newInstance(
        stubs, WorkflowClientOptions.newBuilder().setNamespace(namespace).build());
  }

  @Produces
  @Singleton
  WorkflowClient client(TemporalConfig config) {
    return client(config.address(), config.namespace());
  }

  void close(@Disposes WorkflowClient client) {
    client.getWorkflowServiceStubs().shutdownNow();
  }

  @Produces
  @Singleton
  Experiments experiments(WorkflowClient client) {
    return new Experiments(client);
  }

  @Produces
  @Singleton
  Inspections inspections(WorkflowClient client) {
    return new Inspections(client);
  }
}
