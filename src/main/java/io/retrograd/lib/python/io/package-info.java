/** Python's streams: {@code open}, files of text and bytes, {@code io.StringIO} and {@code BytesIO}, gzip, standard streams. */
package io.retrograd.lib.python.io;
