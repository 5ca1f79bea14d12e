/** How the things are that the platform stands on. */
package dev.kedge.gateway.system;
