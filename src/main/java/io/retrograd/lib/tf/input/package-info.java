/** Where data comes from: {@code tf.data}, queues and their runners, readers, records, the files of MNIST. */
package io.retrograd.lib.tf.input;
