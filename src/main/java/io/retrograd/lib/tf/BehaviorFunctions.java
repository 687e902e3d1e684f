package io.retrograd.lib.tf;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;

/** By which scripts of later years ask for TensorFlow 1's behaviour, which is the only one here. */
final class BehaviorFunctions {
    private BehaviorFunctions() {}

    @Builtin(
            value = {"disable_v2_behavior", "disable_eager_execution", "disable_v2_tensorshape", "disable_resource_variables",
                "disable_control_flow_v2", "disable_tensor_equality"},
            doc = "Asks for TensorFlow 1's behaviour, which there is anyway.",
            example = "tf.disable_v2_behavior()")
    static void disable(Machine m) {}

    @Builtin(value = "executing_eagerly", doc = "Whether operations run as they are made: never here, they go into a graph.")
    static boolean executingEagerly(Machine m) {
        return false;
    }
}
