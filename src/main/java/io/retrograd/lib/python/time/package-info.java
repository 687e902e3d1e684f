/** The modules {@code time} and {@code datetime}. */
package io.retrograd.lib.python.time;
