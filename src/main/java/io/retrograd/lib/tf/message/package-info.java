/** TensorFlow's protocol buffers as scripts see them: GraphDef, NodeDef, Example, Summary and their fields. */
package io.retrograd.lib.tf.message;
