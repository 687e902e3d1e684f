package io.retrograd.exchange;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.OpList;

/**
 * Operation types that have no kernel here: those that TensorFlow 1.15 itself has, from its own list, and stand-ins for
 * types that nobody knows, so that a graph which holds them can be looked at.
 */
final class ForeignOps {
    private final Map<String, org.tensorflow.framework.OpDef> known = new HashMap<>();

    ForeignOps() {
        try (InputStream in = new GZIPInputStream(ForeignOps.class.getResourceAsStream("operations.pb.gz"))) {
            for (org.tensorflow.framework.OpDef op : OpList.parseFrom(in).getOpList()) {
                known.put(op.getName(), op);
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** An operation of TensorFlow that is not computed here. */
    static final class ForeignOp extends OpDef {
        private final Map<String, Object> defaults;

        ForeignOp(String type, String inputs, String outputs, Map<String, Object> defaults, String... attributes) {
            super(type, inputs, outputs, attributes);
            this.defaults = defaults;
        }

        /** What TensorFlow takes for attributes that a file leaves out. */
        Map<String, Object> defaults() {
            return defaults;
        }

        @Override
        public void infer(ShapeContext c) {}

        @Override
        public void compute(KernelContext k) {
            throw new NnError(
                    ErrorKind.UNIMPLEMENTED_ERROR,
                    "Operation '" + k.operation().name() + "' has type '" + type() + "', which cannot be computed here");
        }

        @Override
        public boolean isStateful() {
            return true;
        }
    }

    Set<String> names() {
        return known.keySet();
    }

    /** TensorFlow's definition of that type; empty if it has none. */
    Optional<OpDef> find(String type) {
        org.tensorflow.framework.OpDef op = known.get(type);
        return op == null ? Optional.empty() : Optional.of(definition(op));
    }

    private static OpDef definition(org.tensorflow.framework.OpDef op) {
        List<String> attributes = new ArrayList<>();
        Map<String, Object> defaults = new HashMap<>();
        for (org.tensorflow.framework.OpDef.AttrDef a : op.getAttrList()) {
            attributes.add(a.getName() + ": " + a.getType());
            if (a.hasDefaultValue()) {
                defaults.put(a.getName(), Attributes.value(a.getDefaultValue()));
            }
        }
        return new ForeignOp(
                op.getName(), arguments(op.getInputArgList()), arguments(op.getOutputArgList()), defaults,
                attributes.toArray(new String[0]));
    }

    private static String arguments(List<org.tensorflow.framework.OpDef.ArgDef> list) {
        StringBuilder text = new StringBuilder();
        for (org.tensorflow.framework.OpDef.ArgDef a : list) {
            String type = !a.getTypeListAttr().isEmpty() ? "list(" + a.getTypeListAttr() + ")"
                    : !a.getTypeAttr().isEmpty() ? a.getTypeAttr() : typeName(a.getType());
            if (!a.getNumberAttr().isEmpty()) {
                type = a.getNumberAttr() + " * " + type;
            }
            text.append(text.isEmpty() ? "" : ", ").append(a.getName()).append(": ").append(a.getIsRef() ? "Ref(" + type + ")" : type);
        }
        return text.toString();
    }

    /** The type's name in definitions; quantized types, which are not known here, count as the integers that store them. */
    private static String typeName(DataType type) {
        return switch (type) {
            case DT_QINT8 -> "int8";
            case DT_QUINT8 -> "uint8";
            case DT_QINT16 -> "int16";
            case DT_QUINT16 -> "uint16";
            case DT_QINT32 -> "int32";
            default -> TensorProtos.type(type.getNumber()).map(DType::typeName).orElse("float");
        };
    }

    /** A stand-in for a type that nobody knows, with as many inputs and outputs as the graph uses. */
    static OpDef standIn(NodeDef node, int inputs, int outputs) {
        DType type = DType.FLOAT32;
        for (String key : new String[] {"dtype", "T", "Tout", "out_type", "output_type"}) {
            if (node.containsAttr(key)) {
                type = TensorProtos.type(node.getAttrOrThrow(key).getTypeValue()).orElse(type);
            }
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            out.add("output_" + i + ": " + type.typeName());
        }
        // A list argument takes inputs of any types.
        return new ForeignOp(
                node.getOp(), inputs == 0 ? "" : "inputs: list(_inputs)", String.join(", ", out), Collections.emptyMap());
    }
}
