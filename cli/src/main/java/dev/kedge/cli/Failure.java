package dev.kedge.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kedge.cli.file.FileProblem;
import dev.kedge.cli.view.Json;
import io.grpc.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What went wrong.
 *
 * @param exit the exit code
 * @param code the kind, one of gRPC's codes
 * @param reason a constant for programs, for example {@code EXPERIMENT_INVALID}
 * @param message the value, the place and the remedy, for people
 * @param violations what is wrong with single fields; may be empty
 */
record Failure(
    int exit, Status.Code code, String reason, String message, List<FileProblem> violations) {
  Failure {
    violations = List.copyOf(violations);
  }

  Failure(int exit, Status.Code code, String reason, String message) {
    this(exit, code, reason, message, List.of());
  }

  /** The message, and a line for each field. A single problem is the message itself. */
  String words() {
    return violations.stream()
        .filter(violation -> !violation.message().equals(message))
        .map(violation -> "%n  %s".formatted(violation))
        .collect(Collectors.joining("", message, ""));
  }

  /** {@code {"error": {"code", "reason", "message", "violations": [{"field", …}]}}}. */
  String json() {
    var error = new JsonObject();
    error.addProperty("code", code.name());
    error.addProperty("reason", reason);
    error.addProperty("message", message);
    if (!violations.isEmpty()) {
      var list = new JsonArray();
      violations.forEach(violation -> list.add(json(violation)));
      error.add("violations", list);
    }
    var whole = new JsonObject();
    whole.add("error", error);
    return Json.pretty(whole);
  }

  private static JsonObject json(FileProblem violation) {
    var json = new JsonObject();
    json.addProperty("field", violation.path());
    if (violation.line() > 0) {
      json.addProperty("line", violation.line());
    }
    json.addProperty("description", violation.message());
    return json;
  }
}
