/** AVERAGE: recipes made into files. */
package dev.kedge.averaging;
