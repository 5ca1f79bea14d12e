package dev.kedge.models.train;

/** Linear probing: the head alone trains, on frozen features. */
public record LinearProbe() implements Protection {
  @Override
  public boolean trains(String name) {
    return HeadForm.holds(name);
  }
}
