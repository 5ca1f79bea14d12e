/**
 * The pictures of the demo: a few things, drawn in several styles, so that a model can learn and
 * forget without a download.
 */
package dev.kedge.standalone.demo;
