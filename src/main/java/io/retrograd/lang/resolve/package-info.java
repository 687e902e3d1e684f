/** Names become slots: which scope a name belongs to, found before a script runs. */
package io.retrograd.lang.resolve;
