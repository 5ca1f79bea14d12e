package dev.kedge.standalone.demo;

import java.awt.Shape;
import java.awt.geom.AffineTransform;

/**
 * One piece of a thing.
 *
 * @param shape its outline; things are drawn into the unit square, y downwards
 * @param role what it is painted as
 */
record Part(Shape shape, Role role) {

  /** What a part is to the whole: styles give each role a colour of its own. */
  enum Role {
    BODY,
    ACCENT,
    DETAIL
  }

  Part placed(AffineTransform placement) {
    return new Part(placement.createTransformedShape(shape), role);
  }
}
