package dev.kedge.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reference results kept beside the tests: folders of safetensors and JSON files. */
public record Golden(Path folder) {
  /** A folder beside a test class. */
  public static Golden of(Class<?> test, String folder) {
    try {
      return new Golden(Path.of(test.getResource(folder).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(folder, e);
    }
  }

  public JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  public TensorSource tensors(String file) throws IOException {
    return SafetensorsFile.open(folder.resolve(file));
  }

  /** A stored floating tensor as a tensor of a scope. */
  public Tensor tensor(Scope scope, String file, String name) throws IOException {
    TensorSource source = tensors(file);
    return Tensor.of(scope, source.floats(name), source.spec(name).dimensions());
  }

  /** A stored I64 tensor's values. */
  public long[] longs(String file, String name) throws IOException {
    LongBuffer buffer = tensors(file).bytes(name).asLongBuffer();
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  /** Rows of integers out of a JSON array of arrays. */
  public static List<long[]> rows(JsonNode array) {
    List<long[]> rows = new ArrayList<>();
    for (JsonNode row : array) {
      long[] values = new long[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i).asLong();
      }
      rows.add(values);
    }
    return rows;
  }

  /** Every value equal to the expected within an absolute tolerance; says how near they are. */
  public static void assertClose(String what, float[] actual, float[] expected, double atol) {
    double worst = largestDifference(what, actual, expected);
    System.out.printf("%s: largest difference %.1e, allowed %.1e%n", what, worst, atol);
    assertThat(worst).as(what + ": largest difference").isLessThanOrEqualTo(atol);
  }

  /** The largest difference between values in the same places; not a number where one is not. */
  public static double largestDifference(String what, float[] actual, float[] expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double worst = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
    }
    return worst;
  }
}
