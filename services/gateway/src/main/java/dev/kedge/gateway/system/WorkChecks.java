package dev.kedge.gateway.system;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.experiment.Inspected;
import dev.kedge.experiment.Inspections;
import dev.kedge.experiment.TaskQueues;
import dev.kedge.experiment.TemporalConfig;
import dev.kedge.stage.v1.DescribeResponse;
import dev.kedge.stage.v1.Inspection;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.SystemCheck;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Temporal, and all that pulls work from it. */
@ApplicationScoped
class WorkChecks {
  private static final String TEMPORAL = "temporal";
  private static final String ONE_VERSION = "run one version of all processes";
  private static final int PATIENCE_SECONDS = 5;

  private final WorkflowClient client;
  private final TemporalConfig config;
  private final Inspections inspections;
  private final String version;

  WorkChecks(
      WorkflowClient client,
      TemporalConfig config,
      Inspections inspections,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.client = client;
    this.config = config;
    this.inspections = inspections;
    this.version = version;
  }

  /** Checks, slots and permits. */
  CheckSystemResponse all() {
    var found = CheckSystemResponse.newBuilder();
    SystemCheck temporal = temporal();
    found.addChecks(temporal);
    if (temporal.getOutcome() != SystemCheck.Outcome.OK) {
      found.addChecks(
          Findings.unknown(SystemChecks.ORCHESTRATOR, "it is asked by way of Temporal"));
      return found.build();
    }
    Inspected inspected = inspections.inspect();
    found.addChecks(orchestrator(inspected));
    if (inspected instanceof Inspected.Answered answered) {
      found.setStagesPerProject(answered.inspection().getStagesPerProject());
      TaskQueues.kinds().forEach(kind -> add(kind, answered.inspection(), found));
    }
    return found.build();
  }

  private void add(StageKind kind, Inspection inspection, CheckSystemResponse.Builder to) {
    to.addAllChecks(worker(kind, inspection));
    DescribeResponse service =
        inspection.getServicesOrDefault(kind.name(), DescribeResponse.getDefaultInstance());
    if (service.getSlots() > 0) {
      to.addSlotsBuilder()
          .setKind(kind.name())
          .setTaken(service.getSlotsTaken())
          .setTotal(service.getSlots());
    }
  }

  private SystemCheck orchestrator(Inspected inspected) {
    if (inspected instanceof Inspected.Refused refused) {
      return Findings.trouble(
          SystemChecks.ORCHESTRATOR,
          "Temporal takes no work for it (%s)".formatted(refused.why()),
          "let the gateway start workflows in namespace `%s`".formatted(config.namespace()));
    }
    if (inspected instanceof Inspected.Failed failed) {
      return Findings.trouble(
          SystemChecks.ORCHESTRATOR,
          "takes work up, and could not look at the workers (%s)".formatted(failed.why()),
          "run one version of all processes, this one is %s; the orchestrator's log has more"
              .formatted(version));
    }
    return inspected instanceof Inspected.Answered answered
        ? version(answered.inspection())
        : Findings.trouble(
            SystemChecks.ORCHESTRATOR,
            "no orchestrator takes work up in namespace `%s`".formatted(config.namespace()),
            "start one with the same KEDGE_TEMPORAL_ADDRESS and KEDGE_TEMPORAL_NAMESPACE");
  }

  /** One that says none is of a time when they did not. */
  private SystemCheck version(Inspection told) {
    return told.getVersion().equals(version)
        ? Findings.ok(
            SystemChecks.ORCHESTRATOR,
            "takes work up, version %s; %s".formatted(version, permits(told)))
        : Findings.trouble(
            SystemChecks.ORCHESTRATOR,
            "takes work up, and has version %s, the gateway %s"
                .formatted(told.getVersion().isEmpty() ? "unknown" : told.getVersion(), version),
            ONE_VERSION);
  }

  private static String permits(Inspection told) {
    return told.getStagesPerProject() == 0
        ? "any number of a project's stages may be at work at once"
        : "at most %d of a project's stages are at work at once"
            .formatted(told.getStagesPerProject());
  }

  private SystemCheck temporal() {
    var server =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    try {
      String release =
          server.getSystemInfo(GetSystemInfoRequest.getDefaultInstance()).getServerVersion();
      server.describeNamespace(
          DescribeNamespaceRequest.newBuilder().setNamespace(config.namespace()).build());
      return Findings.ok(
          TEMPORAL,
          "%sanswers, and has the namespace `%s`"
              .formatted(release.isEmpty() ? "" : release + " ", config.namespace()));
    } catch (StatusRuntimeException failed) {
      return failed.getStatus().getCode() == Status.Code.NOT_FOUND
          ? Findings.trouble(
              TEMPORAL,
              "answers, but has no namespace `%s`".formatted(config.namespace()),
              "make it with `temporal operator namespace create`, or set KEDGE_TEMPORAL_NAMESPACE")
          : Findings.trouble(
              TEMPORAL,
              "no Temporal answers at %s (%s)"
                  .formatted(config.address(), failed.getStatus().getCode()),
              "start it, or set KEDGE_TEMPORAL_ADDRESS to where it is");
    }
  }

  private List<SystemCheck> worker(StageKind kind, Inspection found) {
    String subject = "worker " + kind;
    if (found.containsServices(kind.name())) {
      return service(kind, found.getServicesOrThrow(kind.name()));
    }
    return List.of(
        found.containsFailures(kind.name())
            ? Findings.trouble(
                subject,
                found.getFailuresOrThrow(kind.name()),
                "start the service, or set the worker's KEDGE_WORKER_STAGE_ADDRESS to where it is")
            : Findings.trouble(
                subject,
                "no worker pulls stages of this kind",
                "start one with KEDGE_WORKER_KINDS=%s beside its service".formatted(kind)));
  }

  /** One line where all is well, since there are many kinds. */
  private List<SystemCheck> service(StageKind kind, DescribeResponse service) {
    String subject = "worker " + kind;
    List<SystemCheck> checks = new ArrayList<>();
    checks.add(
        service.getVersion().equals(version)
            ? Findings.ok(subject, "pulls work, and its service answers" + slots(service))
            : Findings.trouble(
                subject,
                "its service has version %s, the gateway %s"
                    .formatted(service.getVersion(), version),
                ONE_VERSION));
    SystemCheck clock =
        Clocks.check("clock of " + kind, "its service's clock", sinceNow(service.getTime()));
    SystemCheck disk = Space.check("disk of " + kind, service.getFreeScratchBytes());
    for (SystemCheck each : List.of(clock, disk)) {
      if (each.getOutcome() != SystemCheck.Outcome.OK) {
        checks.add(each);
      }
    }
    return checks;
  }

  /** One that says none is of a time when they did not. */
  private static String slots(DescribeResponse service) {
    return service.getSlots() == 0
        ? ""
        : ": %d of %d slots taken".formatted(service.getSlotsTaken(), service.getSlots());
  }

  /** The answer has come through Temporal, which takes a moment. */
  private static Duration sinceNow(Timestamp time) {
    return Duration.ofMillis(Timestamps.toMillis(time) - System.currentTimeMillis());
  }
}
