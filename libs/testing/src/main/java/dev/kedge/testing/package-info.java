/** What the tests of several stage services need: a stage's surroundings, and pictures to learn. */
package dev.kedge.testing;
