/** What a computing service computes with: threads, a device and its memory, and how it says so. */
package dev.kedge.compute;
