package io.retrograd.lib.tf;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.message.MessageValue;
import io.retrograd.session.RunObserver;
import io.retrograd.tensor.NdArray;
import java.util.function.Supplier;
import org.tensorflow.framework.AllocationDescription;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.DeviceStepStats;
import org.tensorflow.framework.NodeExecStats;
import org.tensorflow.framework.NodeOutput;
import org.tensorflow.framework.RunMetadata;
import org.tensorflow.framework.StepStats;
import org.tensorflow.framework.TensorDescription;
import org.tensorflow.framework.TensorShapeProto;

/** What {@code run_metadata} tells of a run with a trace: when each operation was executed, how long it took, what it gave. */
final class StepTrace {
    private static final String DEVICE = "/job:localhost/replica:0/task:0/device:CPU:0";
    private static final long NANOS_PER_MICRO = 1000;

    private final DeviceStepStats.Builder device = DeviceStepStats.newBuilder().setDevice(DEVICE);

    private StepTrace() {}

    /** Whether a run's options ask for a trace. */
    static boolean isAskedFor(Machine m, Object options) {
        Object level = options instanceof OptionsValue o ? o.fields().get("trace_level")
                : options instanceof MessageValue ? Semantics.attribute(m, options, "trace_level") : null;
        return level instanceof Long l && l > 0;
    }

    /** Does a run and fills the message with its trace. */
    static Object record(Machine m, MessageValue metadata, Supplier<Object> run) {
        StepTrace trace = new StepTrace();
        long offset = m.world().nanosSinceEpoch() - System.nanoTime();
        TfState state = TfState.of(m);
        RunObserver before = state.runObserver();
        state.runObserver((session, key, feeds) -> session.runTraced(key, feeds, (op, results, nanos) ->
                trace.add(op, results, System.nanoTime() + offset - nanos, nanos)));
        try {
            Object results = run.get();
            RunMetadata told = RunMetadata.newBuilder().setStepStats(StepStats.newBuilder().addDevStats(trace.device)).build();
            Semantics.callMethod(m, metadata, "CopyFrom", MessageValue.of(told));
            return results;
        } finally {
            state.runObserver(before);
        }
    }

    private void add(Operation op, NdArray[] results, long start, long nanos) {
        StringBuilder label = new StringBuilder(op.name()).append(" = ").append(op.type()).append('(');
        for (int i = 0; i < op.inputCount(); i++) {
            Output in = op.input(i);
            label.append(i > 0 ? ", " : "").append(in.index() == 0 ? in.operation().name() : in.name());
        }
        long micros = start / NANOS_PER_MICRO;
        long taken = Math.max(1, nanos / NANOS_PER_MICRO);
        NodeExecStats.Builder node = NodeExecStats.newBuilder().setNodeName(op.name()).setTimelineLabel(label.append(')').toString())
                .setScheduledMicros(micros).setAllStartMicros(micros).setOpEndRelMicros(taken).setAllEndRelMicros(taken)
                .setAllStartNanos(start).setScheduledNanos(start).setOpEndRelNanos(nanos).setAllEndRelNanos(nanos);
        for (int i = 0; i < results.length; i++) {
            if (results[i] != null) {
                node.addOutput(NodeOutput.newBuilder().setSlot(i).setTensorDescription(description(results[i])));
            }
        }
        device.addNodeStats(node);
    }

    private static TensorDescription description(NdArray a) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int d : a.shape()) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(d));
        }
        long bytes = (long) a.size() * Math.max(1, a.dtype().byteSize());
        return TensorDescription.newBuilder().setDtype(DataType.forNumber(a.dtype().tfNumber())).setShape(shape)
                .setAllocationDescription(AllocationDescription.newBuilder().setRequestedBytes(bytes).setAllocatedBytes(bytes)
                        .setAllocatorName("cpu")).build();
    }
}
