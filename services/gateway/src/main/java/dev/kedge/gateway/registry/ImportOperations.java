package dev.kedge.gateway.registry;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.name.VersionReference;
import dev.kedge.gateway.records.ProtoRecords;
import dev.kedge.store.TimeSortedId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * Imports as long-running operations. They are done when they are answered, and can be read again.
 */
@ApplicationScoped
public class ImportOperations {
  private final Projects projects;

  ImportOperations(Projects projects) {
    this.projects = projects;
  }

  /** Keeps a finished import. */
  public Operation done(ProjectName project, Message response) {
    String id = TimeSortedId.at(Instant.now());
    Operation operation =
        Operation.newBuilder()
            .setName(project + "/operations/" + id)
            .setDone(true)
            .setResponse(Any.pack(response))
            .build();
    return records(project).createOrFind(id, operation);
  }

  /** One operation, {@code projects/P/operations/O}. */
  public Operation get(String name) {
    ProjectName project = VersionReference.project(name);
    String prefix = project + "/operations/";
    String id = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    if (!id.matches("[0-9a-f]{1,63}")) {
      throw Refusal.invalid(
          "INVALID_NAME",
          "name",
          "`%s` is not of the form projects/{project}/operations/{operation}".formatted(name));
    }
    return records(project)
        .find(id)
        .map(ProtoRecords.Versioned::message)
        .orElseThrow(() -> Refusal.notFound("OPERATION_NOT_FOUND", "there is no " + name));
  }

  private ProtoRecords<Operation> records(ProjectName project) {
    return new ProtoRecords<>(
        projects.store(project).records(), "operations", Operation.getDefaultInstance());
  }
}
