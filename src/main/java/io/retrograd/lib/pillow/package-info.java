/** {@code PIL}, Pillow: pictures as the scripts of the course read, shrink and hand them to a network. */
package io.retrograd.lib.pillow;
