package io.retrograd.lib.tf;

import io.retrograd.graph.build.Initializer;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;

/** An initializer as scripts hold it: called with a shape, it makes the tensor. */
final class InitializerValue implements Value {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.ops.init_ops", "Initializer", InitializerValueTable.TABLE);

    private final Initializer initializer;
    private final DType dtype;

    InitializerValue(Initializer initializer, DType dtype) {
        this.initializer = initializer;
        this.dtype = dtype == null ? DType.FLOAT32 : dtype;
    }

    Initializer initializer() {
        return initializer;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return InitializerValueTable.TABLE.find("__call__").callOn(m, this, arguments, keywords);
    }

    @Builtin(
            value = "__call__",
            signature = "shape, dtype=None, partition_info=None",
            method = true,
            doc = "A tensor of that shape.")
    static Object make(Machine m, InitializerValue self, Object shape, Object dtype, Object partition) {
        DType type = dtype == None.NONE ? self.dtype : DTypeValue.convert(m, dtype);
        return Tensors.wrap(self.initializer.make(TfState.of(m).graph(), ShapeValue.convert(m, shape), type));
    }

    @Builtin(value = "dtype", property = true, doc = "The type of its tensors where none is asked for.")
    static Object dtype(Machine m, InitializerValue self) {
        return DTypeValue.of(self.dtype);
    }
}
