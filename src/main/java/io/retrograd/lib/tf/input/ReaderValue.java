package io.retrograd.lib.tf.input;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.Operands;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.tensor.DType;

/** A reader in the graph: takes file names from a queue and gives out the records of those files. */
record ReaderValue(Output handle) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.ops.io_ops", "ReaderBase", ReaderValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private static Output queue(Object queue) {
        if (queue instanceof QueueValue q) {
            return q.handle();
        }
        if (queue instanceof TensorValue t) {
            return t.output();
        }
        throw NnError.type("a reader reads the files of a queue, such as tf.train.string_input_producer([...])");
    }

    private Object pair(Operation op) {
        return TupleValue.of(Tensors.wrap(op.output(0)), Tensors.wrap(op.output(1)));
    }

    private Graph graph() {
        return handle.graph();
    }

    @Builtin(value = "read", signature = "queue, name=None", method = true, doc = "The next record: its key and its value.")
    static Object read(Machine m, ReaderValue self, Object queue, String name) {
        return self.pair(self.graph().op("ReaderReadV2").name(name).input(self.handle).input(queue(queue)).operation());
    }

    @Builtin(
            value = "read_up_to",
            signature = "queue, num_records, name=None",
            method = true,
            doc = "The next records, as many as wanted or as the file still has: their keys and values.")
    static Object readUpTo(Machine m, ReaderValue self, Object queue, Object count, String name) {
        Output n = Operands.of(m, count).toOutput(self.graph(), DType.INT64, null, "num_records");
        return self.pair(self.graph().op("ReaderReadUpToV2").name(name).input(self.handle).input(queue(queue)).input(n).operation());
    }

    private Object count(String type, String name) {
        return Tensors.wrap(graph().op(type).name(name).input(handle).output());
    }

    @Builtin(value = "num_records_produced", signature = "name=None", method = true, doc = "How many records it gave out.")
    static Object records(Machine m, ReaderValue self, String name) {
        return self.count("ReaderNumRecordsProducedV2", name);
    }

    @Builtin(value = "num_work_units_completed", signature = "name=None", method = true, doc = "How many files it read to the end.")
    static Object files(Machine m, ReaderValue self, String name) {
        return self.count("ReaderNumWorkUnitsCompletedV2", name);
    }

    @Builtin(value = "reset", signature = "name=None", method = true, doc = "The operation that takes it back to its first state.")
    static Object reset(Machine m, ReaderValue self, String name) {
        return Tensors.wrap(self.graph().op("ReaderResetV2").name(name).input(self.handle).operation());
    }

    @Builtin(value = "reader_ref", property = true, doc = "The tensor that stands for it.")
    static Object reference(Machine m, ReaderValue self) {
        return Tensors.wrap(self.handle);
    }

    @Builtin(value = "supports_serialize", property = true, doc = "Whether its place can be saved: it cannot.")
    static boolean supportsSerialize(Machine m, ReaderValue self) {
        return false;
    }
}
