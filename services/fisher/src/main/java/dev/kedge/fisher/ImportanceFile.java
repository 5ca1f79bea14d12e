package dev.kedge.fisher;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.models.fisher.ModelPart;
import dev.kedge.v1.Importance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a Fisher information says of whole parts of a model, so that nobody must read it all. */
final class ImportanceFile {
  static final String NAME = "importance.json";

  private ImportanceFile() {}

  static void write(Path folder, Information fisher) throws IOException {
    String json = JsonFormat.printer().print(importance(fisher));
    Files.writeString(folder.resolve(NAME), json + "\n");
  }

  private static Importance importance(Information fisher) throws IOException {
    Map<ModelPart, Sum> sums = new TreeMap<>();
    for (String tensor : fisher.mean().specs().keySet()) {
      Sum own = Sum.of(fisher.mean().floats(tensor));
      sums.merge(ModelPart.of(tensor), own, Sum::plus);
    }
    Importance.Builder importance = Importance.newBuilder().setSamples(fisher.samples());
    sums.forEach((part, sum) -> importance.addParts(message(part, sum)));
    return importance.build();
  }

  private record Sum(long weights, double sum) {
    static Sum of(float[] values) {
      double sum = 0;
      for (float value : values) {
        sum += value;
      }
      return new Sum(values.length, sum);
    }

    Sum plus(Sum other) {
      return new Sum(weights + other.weights, sum + other.sum);
    }
  }

  private static Importance.Part message(ModelPart part, Sum sum) {
    Importance.Part.Builder message =
        Importance.Part.newBuilder()
            .setKind(part.kind().name().toLowerCase(Locale.ROOT))
            .setWeights(sum.weights())
            .setSum(sum.sum())
            .setMean(sum.sum() / sum.weights());
    part.block().ifPresent(message::setBlock);
    return message.build();
  }
}
