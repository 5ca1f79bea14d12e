package dev.kedge.models.torch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript text into the archive {@code torch::jit::load} reads.
 *
 * <p>The text is a list of methods written with a bare {@code self}. The archive is a stored zip
 * whose pickle holds one object of class {@code M} with the single attribute {@code training}.
 */
final class ScriptArchive {
  private static final String CLASS_HEAD =
      "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";
  private static final byte[] OBJECT =
      "\u0080\u0002c__torch__\nM\n)\u0081}(X\u0008\0\0\0training\u0088ub.".getBytes(ISO_8859_1);
  private static final byte[] NO_CONSTANTS = "\u0080\u0002).".getBytes(ISO_8859_1);

  private ScriptArchive() {}

  static byte[] of(String methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", OBJECT);
      add(zip, "code/__torch__.py", moduleText(methods).getBytes(UTF_8));
      add(zip, "constants.pkl", NO_CONSTANTS);
      add(zip, "version", "10\n".getBytes(UTF_8));
      add(zip, "byteorder", "little".getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("a zip in memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static String moduleText(String methods) {
    String typed = methods.replaceAll("def (\\w+)\\(self", "def $1(self: __torch__.M");
    return CLASS_HEAD + typed.indent(2);
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry("kernels/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
