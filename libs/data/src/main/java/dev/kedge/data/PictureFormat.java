package dev.kedge.data;

/** The kinds of encoded picture that are read, known by their first bytes. */
enum PictureFormat {
  JPEG("jpg"),
  PNG("png"),
  GIF("gif"),
  WEBP("webp");

  private final String ending;

  PictureFormat(String ending) {
    this.ending = ending;
  }

  /** The usual ending of a file's name. */
  String ending() {
    return ending;
  }

  /**
   * Tells a file's format.
   *
   * @throws BrokenPictureException if it is none of these
   */
  static PictureFormat of(byte[] file) {
    if (startsWith(file, 0, 0xFF, 0xD8, 0xFF)) {
      return JPEG;
    }
    if (startsWith(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return PNG;
    }
    if (startsWith(file, 0, 'G', 'I', 'F', '8', '7', 'a')
        || startsWith(file, 0, 'G', 'I', 'F', '8', '9', 'a')) {
      return GIF;
    }
    if (startsWith(file, 0, 'R', 'I', 'F', 'F') && startsWith(file, 8, 'W', 'E', 'B', 'P')) {
      return WEBP;
    }
    throw new BrokenPictureException(
        file.length == 0 ? "an empty file" : "no JPEG, PNG, WebP or GIF file");
  }

  private static boolean startsWith(byte[] file, int from, int... magic) {
    if (file.length < from + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (Byte.toUnsignedInt(file[from + i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
