package dev.kedge.production;

import java.util.stream.Stream;

/** One thing that is asked of a process in production. Every bean of this type is asked. */
public interface ProductionRule {
  /** What is insecure in the settings of this process; nothing where all is well. */
  Stream<Finding> findings();
}
