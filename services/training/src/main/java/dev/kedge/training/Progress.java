package dev.kedge.training;

import dev.kedge.models.train.TrainingState;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that a training stage needs to go on: as a folder.
 *
 * @param phase position of the phase that was running
 * @param earlier the weights that earlier phases changed
 * @param state the running loop's state
 * @param trace the trace so far
 */
record Progress(int phase, TensorSource earlier, TrainingState state, List<Trace.Point> trace)
    implements Closeable {
  private static final String STATE = "state.safetensors";
  private static final String EARLIER = "earlier.safetensors";
  private static final String PHASE = "phase";

  /** Writes a new folder. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    state.write(folder.resolve(STATE));
    SafetensorsWriter.write(
        folder.resolve(EARLIER), earlier, Map.of(PHASE, Integer.toString(phase)));
    Trace.write(trace, folder);
  }

  @Override
  public void close() throws IOException {
    state.close();
    if (earlier instanceof Closeable file) {
      file.close();
    }
  }

  /** Opens a folder and hands the trace over. */
  static Progress read(Path folder, Trace trace) throws IOException {
    SafetensorsFile earlier = SafetensorsFile.open(folder.resolve(EARLIER));
    try {
      trace.read(folder);
      return new Progress(
          Integer.parseInt(earlier.metadata().get(PHASE)),
          earlier,
          TrainingState.read(folder.resolve(STATE)),
          trace.points());
    } catch (IOException | RuntimeException e) {
      earlier.close();
      throw e;
    }
  }
}
