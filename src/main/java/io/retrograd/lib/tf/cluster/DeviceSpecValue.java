package io.retrograd.lib.tf.cluster;

import io.retrograd.error.NnError;
import io.retrograd.graph.DeviceFunction;
import io.retrograd.graph.DeviceSpec;
import io.retrograd.graph.Graph;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.OperationValue;

/** {@code tf.DeviceSpec}: a device, or a part of its name; and whatever else scripts name devices by. */
public final class DeviceSpecValue implements Value {
    /** {@code tf.DeviceSpec}. */
    public static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.framework.device_spec", "DeviceSpecV1", CoreTypes.OBJECT, DeviceSpecValueTable.TABLE, null);

    private DeviceSpec spec;

    private DeviceSpecValue(DeviceSpec spec) {
        this.spec = spec;
    }

    /** A block that a script opens with a name, a DeviceSpec, a function of operations, or None. */
    public static Graph.Block open(Machine m, Graph g, Object device) {
        if (device == None.NONE) {
            return g.device(DeviceFunction.NONE);
        }
        if (device instanceof DeviceSpecValue || device instanceof String) {
            return g.device(text(m, device));
        }
        if (!Semantics.isCallable(device)) {
            throw NnError.type("a device is a string, a tf.DeviceSpec, a function or None, not " + Semantics.repr(m, device));
        }
        DeviceFunction function = op -> text(m, Semantics.call(m, device, new OperationValue(op)));
        return g.device(function);
    }

    /** A device's name as a function of a script may answer it; empty for None. */
    static String text(Machine m, Object device) {
        if (device == None.NONE) {
            return "";
        }
        if (device instanceof DeviceSpecValue d) {
            return d.spec.toString();
        }
        return DeviceSpec.parse(Semantics.str(m, device)).toString();
    }

    private static Long number(Machine m, Object value) {
        return value == None.NONE ? null : (Long) Semantics.index(m, value);
    }

    private static String words(Machine m, Object value) {
        return value == None.NONE ? null : Semantics.str(m, value);
    }

    @Builtin(
            value = "__new__",
            signature = "job=None, replica=None, task=None, device_type=None, device_index=None",
            doc = "A device, or a part of its name.",
            example = "tf.DeviceSpec(job='ps', task=0)")
    static Object make(Machine m, Object job, Object replica, Object task, Object kind, Object index) {
        return new DeviceSpecValue(new DeviceSpec(
                words(m, job), number(m, replica), number(m, task), kind == None.NONE ? null : DeviceSpec.canonical(words(m, kind)),
                number(m, index)));
    }

    @Builtin(value = "from_string", signature = "spec", doc = "The device of that name.")
    static Object fromString(Machine m, String spec) {
        return new DeviceSpecValue(DeviceSpec.parse(spec));
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        Object found = switch (name) {
            case "job" -> spec.job();
            case "replica" -> spec.replica();
            case "task" -> spec.task();
            case "device_type" -> spec.type();
            case "device_index" -> spec.index();
            default -> Value.super.attribute(m, name);
        };
        return found == null ? None.NONE : found;
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        spec = switch (name) {
            case "job" -> new DeviceSpec(words(m, value), spec.replica(), spec.task(), spec.type(), spec.index());
            case "replica" -> new DeviceSpec(spec.job(), number(m, value), spec.task(), spec.type(), spec.index());
            case "task" -> new DeviceSpec(spec.job(), spec.replica(), number(m, value), spec.type(), spec.index());
            case "device_type" -> new DeviceSpec(spec.job(), spec.replica(), spec.task(), words(m, value), spec.index());
            case "device_index" -> new DeviceSpec(spec.job(), spec.replica(), spec.task(), spec.type(), number(m, value));
            default -> throw NnError.attribute("'DeviceSpecV1' object has no attribute '" + name + "'");
        };
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (op != CompareOperator.EQUAL && op != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return (other instanceof DeviceSpecValue o && o.spec.equals(spec)) == (op == CompareOperator.EQUAL);
    }

    @Builtin(value = "to_string", method = true, doc = "The device's name.")
    static String toString(Machine m, DeviceSpecValue self) {
        return self.spec.toString();
    }

    @Builtin(value = "parse_from_string", signature = "spec", method = true, doc = "Takes another name; answers itself.")
    static Object parse(Machine m, DeviceSpecValue self, String spec) {
        self.spec = DeviceSpec.parse(spec);
        return self;
    }

    @Builtin(value = "merge_from", signature = "dev", method = true, doc = "Takes over all that another one says.")
    static void mergeFrom(Machine m, DeviceSpecValue self, DeviceSpecValue other) {
        self.spec = self.spec.mergedWith(other.spec);
    }

    @Builtin(value = "make_merged_spec", signature = "dev", method = true, doc = "A new one, with all that another one says.")
    static Object merged(Machine m, DeviceSpecValue self, DeviceSpecValue other) {
        return new DeviceSpecValue(self.spec.mergedWith(other.spec));
    }
}
