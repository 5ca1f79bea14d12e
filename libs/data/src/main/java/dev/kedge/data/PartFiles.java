package dev.kedge.data;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A prepared part: a shard, and a line each for what is in it, twice, and for what was left out.
 *
 * @param folder where its files lie
 */
record PartFiles(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Path shard() {
    return folder.resolve("shard.tar");
  }

  Path kept() {
    return folder.resolve("kept.jsonl");
  }

  Path leftOut() {
    return folder.resolve("quarantine.jsonl");
  }

  /** Beside {@link #kept}, line by line. */
  Path facts() {
    return folder.resolve("facts.jsonl");
  }

  /** How many files were left out. */
  int countLeftOut() throws IOException {
    return countLines(leftOut());
  }

  /** How many files were looked at. */
  int countAll() throws IOException {
    return countLines(kept()) + countLeftOut();
  }

  private static int countLines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return (int) lines.count();
    }
  }

  /** Takes what a part holds, one after the other. */
  interface Sink {
    void kept(IndexedSample sample, PictureFacts facts) throws IOException;

    void leftOut(LeftOut file) throws IOException;
  }

  /** Tells everything in it, in order. */
  void read(Sink sink) throws IOException {
    try (MappingIterator<IndexedSample> samples =
            JSON.readerFor(IndexedSample.class).readValues(kept().toFile());
        MappingIterator<PictureFacts> facts =
            JSON.readerFor(PictureFacts.class).readValues(facts().toFile());
        MappingIterator<LeftOut> files =
            JSON.readerFor(LeftOut.class).readValues(leftOut().toFile())) {
      while (samples.hasNext()) {
        sink.kept(samples.next(), facts.next());
      }
      while (files.hasNext()) {
        sink.leftOut(files.next());
      }
    }
  }
}
