package dev.kedge.cli;

import dev.kedge.cli.file.InvalidFileException;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong on this side of the connection. */
final class LocalFailure {
  private LocalFailure() {}

  static Failure of(Exception failure) {
    if (failure instanceof InvalidFileException file) {
      return new Failure(
          ExitCode.REFUSED,
          Status.Code.INVALID_ARGUMENT,
          file.reason(),
          file.headline(),
          file.problems());
    }
    if (failure instanceof UserMistakeException) {
      return new Failure(
          ExitCode.REFUSED, Status.Code.INVALID_ARGUMENT, "REFUSED", failure.getMessage());
    }
    if (failure instanceof NoSuchFileException missing) {
      return new Failure(
          ExitCode.NOT_FOUND,
          Status.Code.NOT_FOUND,
          "FILE_NOT_FOUND",
          "no such file: " + missing.getFile());
    }
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      return new Failure(ExitCode.FAILED, Status.Code.UNKNOWN, "FILE_TROUBLE", trouble(failure));
    }
    return new Failure(
        ExitCode.FAILED,
        Status.Code.INTERNAL,
        "BUG",
        "kedge broke: %s. Please report it.".formatted(failure));
  }

  /** The file and what is the matter with it. */
  private static String trouble(Exception failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "cannot read or write %s: permission denied".formatted(denied.getFile());
    }
    if (failure instanceof FileSystemException trouble && trouble.getReason() == null) {
      return "cannot read or write %s: %s"
          .formatted(trouble.getFile(), trouble.getClass().getSimpleName());
    }
    return "cannot read or write: " + failure.getMessage();
  }
}
