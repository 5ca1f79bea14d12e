package dev.kedge.models.train;

import java.util.List;

/** Linear probing: the head alone trains, on frozen features. */
public record LinearProbe() implements Protection {
  @Override
  public List<String> moved(List<String> candidates) {
    return candidates.stream().filter(HeadForm::holds).toList();
  }
}
