/** PREPARE: raw data in, validated shards out. OVERLAP: what these have in common. */
package dev.kedge.dataprep;
