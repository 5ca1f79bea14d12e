/**
 * What every process of Kedge has: the store that its configuration names, its health, and what is
 * measured of it.
 */
package dev.kedge.process;
