/**
 * What a process must not be in production. Each module has rules for the settings that it knows;
 * with {@code kedge.production=true} a process that breaks any ends before it has begun, and says
 * all that is to be mended at once.
 */
package dev.kedge.production;
