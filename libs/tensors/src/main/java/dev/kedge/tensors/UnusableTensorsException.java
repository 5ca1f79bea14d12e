package dev.kedge.tensors;

import java.io.IOException;

/**
 * The tensors that someone gave cannot be used as they are; trying again will not help. The message
 * names the place and the remedy.
 */
public sealed class UnusableTensorsException extends IOException
    permits MalformedTensorsException,
        MismatchedCheckpointsException,
        NegativeFisherException,
        NonFiniteTensorException {
  UnusableTensorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
