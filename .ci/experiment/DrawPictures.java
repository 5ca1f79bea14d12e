import dev.kedge.standalone.demo.DemoPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Draws the demo's data sets, smaller: {@code DIR/STYLE-PART.tar}. */
class DrawPictures {
  private static final Map<String, Integer> PARTS =
      Map.of("pretrain", 60, "train", 40, "test", 20);

  public static void main(String[] args) throws IOException {
    DemoPictures drawer = new DemoPictures(1);
    for (String style : DemoPictures.domains()) {
      for (String part : PARTS.keySet()) {
        Path tar = Path.of(args[0], style + "-" + part + ".tar");
        drawer.write(tar, part, style, PARTS.get(part));
      }
    }
  }
}
