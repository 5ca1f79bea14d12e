package dev.kedge.tensors;

import java.nio.file.Path;

/** A safetensors file or its index breaks the format. */
public final class MalformedTensorsException extends UnusableTensorsException {
  private MalformedTensorsException(String message, Throwable cause) {
    super(message, cause);
  }

  static MalformedTensorsException of(Path file, String problem, String remedy) {
    return of(file, problem, remedy, null);
  }

  static MalformedTensorsException of(Path file, String problem, String remedy, Throwable cause) {
    return new MalformedTensorsException(file + ": " + problem + "; " + remedy, cause);
  }
}
