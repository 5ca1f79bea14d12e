package dev.kedge.data;

import dev.kedge.data.source.FileTree;
import java.io.IOException;

/**
 * Looks at candidates one by one: what decodes is kept, the rest is left out.
 *
 * @param told after every candidate; may throw to stop the work
 */
record PictureAdmission(FileTree source, PictureDecoder decoder, Told told) {

  /** Told after every candidate. */
  @FunctionalInterface
  interface Told {
    void examined(boolean sound);
  }

  /** Decodes every candidate of a part. */
  void examine(PicturePart part, PartFiles files) throws IOException {
    try (PartWriter writer = new PartWriter(files, part.first())) {
      for (PictureListing.Candidate candidate : part.candidates()) {
        told.examined(admit(candidate, writer));
      }
    }
  }

  private boolean admit(PictureListing.Candidate candidate, PartWriter writer) throws IOException {
    byte[] picture;
    Picture decoded;
    try {
      decoder.limits().checkBytes(candidate.file().bytes());
      picture = source.read(candidate.file());
      decoded = decoder.decode(picture);
    } catch (BrokenPictureException e) {
      writer.leaveOut(candidate, e.getMessage());
      return false;
    } catch (HeapTooSmallException e) {
      throw new HeapTooSmallException(candidate.file().path(), e);
    }
    writer.keep(candidate, picture, decoded);
    return true;
  }
}
