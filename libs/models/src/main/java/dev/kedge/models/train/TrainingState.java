package dev.kedge.models.train;

import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything a run needs to go on as if never interrupted, apart from what its settings say: data
 * order and augmentation are functions of seed and step, and nothing else is drawn.
 *
 * @param step number of steps done
 * @param tensors weights and optimiser state, copied out of the run
 */
public record TrainingState(int step, TensorSource tensors) implements Closeable {
  private static final String STEP = "step";

  /** Writes one file; may run on another thread than the training. */
  public void write(Path file) throws IOException {
    SafetensorsWriter.write(file, tensors, Map.of(STEP, Integer.toString(step)));
  }

  /** Closes the file where the state was read from one. */
  @Override
  public void close() throws IOException {
    if (tensors instanceof Closeable file) {
      file.close();
    }
  }

  /** Opens a file that {@link #write} made. */
  public static TrainingState read(Path file) throws IOException {
    SafetensorsFile tensors = SafetensorsFile.open(file);
    String step = tensors.metadata().get(STEP);
    if (step == null) {
      throw new IOException(file + " is no training state: it has no '" + STEP + "'");
    }
    return new TrainingState(Integer.parseInt(step), tensors);
  }
}
