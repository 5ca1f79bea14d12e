/** What every process of Kedge has: the store that its configuration names, and its health. */
package dev.kedge.process;
