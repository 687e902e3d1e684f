package io.retrograd.lib.tf.cluster;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.lang.value.Machine;

/**
 * What {@code tf.ConfigProto(log_device_placement=True)} asks for: the device of each operation, which is always the
 * same one here. TensorFlow says it again whenever the graph has grown, operations without inputs last.
 */
public final class PlacementLog {
    private static final String DEVICE = "/job:localhost/replica:0/task:0/device:CPU:0";

    private int told;

    /** A log that this interpreter prints. */
    public PlacementLog(Machine m) {
        m.world().out().write("Device mapping: no known devices.\n");
    }

    /** Called before each run. */
    public void run(Machine m, Graph g) {
        if (g.operations().size() == told) {
            return;
        }
        told = g.operations().size();
        StringBuilder text = new StringBuilder();
        for (boolean generators : new boolean[] {false, true}) {
            for (Operation op : g.operations()) {
                if (isGenerator(op) == generators) {
                    text.append(op.name()).append(": (").append(op.type()).append("): ").append(DEVICE).append('\n');
                }
            }
        }
        m.world().out().write(text.toString());
    }

    private static boolean isGenerator(Operation op) {
        return op.inputCount() == 0 && op.outputCount() == 1 && !op.output(0).isReference();
    }
}
