/** Bytes in files, read and written as others do: checkpoints, events and summaries, records, IDX, PNG. */
package io.retrograd.format;
