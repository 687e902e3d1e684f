package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.tensor.DType;
import java.util.Locale;

/** The lists of types that TensorFlow's op definitions name, in its order (error messages list them). */
final class Types {
    /** {@code realnumbertype}. */
    static final String REAL = "float|double|int32|uint8|int16|int8|int64|bfloat16|uint16|half|uint32|uint64";

    /** {@code numbertype}. */
    static final String NUMBER = "float|double|int32|uint8|int16|int8|complex64|int64|qint8|quint8|qint32|bfloat16|uint16"
            + "|complex128|half|uint32|uint64";


    private Types() {}

    /** What TensorFlow says of a type that an operation allows but has no kernel for. */
    static NnError noKernel(KernelContext k, DType type) {
        String op = k.operation().type();
        return NnError.invalidArgument("No OpKernel was registered to support Op '" + op + "' used by {{node "
                + k.operation().name() + "}} with these attrs: [T=DT_" + type.typeName().toUpperCase(Locale.ROOT) + "]");
    }
}
