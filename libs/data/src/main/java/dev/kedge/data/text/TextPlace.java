package dev.kedge.data.text;

/**
 * Where reading goes on in a source.
 *
 * @param file position of the file among the source's
 * @param number its line or row, counted from 1
 */
record TextPlace(int file, int number) {
  /** Whether reading comes here first. */
  boolean isBefore(TextPlace other) {
    return file < other.file || (file == other.file && number < other.number);
  }

  /** Its name among the parts of a source that begin somewhere. */
  String name() {
    return "records from line %d of file %d on".formatted(number, file);
  }
}
