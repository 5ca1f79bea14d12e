/** Samples as people see them: prompts and choices in words, pictures small. */
package dev.kedge.report.sample;
