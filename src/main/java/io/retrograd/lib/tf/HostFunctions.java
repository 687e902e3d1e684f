package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.HostFunction;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.PercentFormat;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.numpy.ArrayMaker;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/** Printing from a graph, the script's functions in it, and log messages. */
public final class HostFunctions {
    private HostFunctions() {}

    @Builtin(
            value = "Print",
            signature = "input_, data, message=None, first_n=None, summarize=None, name=None",
            doc = "The input; when it is computed, the data are printed to the standard error stream.",
            shapes = "the shape of its operand stays",
            example = "loss = tf.Print(loss, [loss], 'loss: ')",
            gradient = "dx = dy")
    static Object print(
            Machine m, Object input, Object data, String message, Object firstN, Object summarize, String name) {
        return Tensors.wrap(TfState.of(m).graph().op("Print").name(name).input(Operands.of(m, input))
                .inputs(Operands.list(m, data))
                .attr("message", message == null ? "" : message)
                .attr("first_n", firstN == None.NONE ? -1L : Semantics.index(m, firstN))
                .attr("summarize", summarize == None.NONE ? 3L : Semantics.index(m, summarize)).output());
    }

    @Builtin(
            value = "numpy_function",
            signature = "func, inp, Tout, name=None",
            doc = "What a function of the script returns for the inputs' values, as tensors.")
    static Object numpyFunction(Machine m, Object function, Object inputs, Object types, String name) {
        return pyFunc(m, function, inputs, types, true, name);
    }

    @Builtin(
            value = "py_func",
            signature = "func, inp, Tout, stateful=True, name=None",
            doc = "What a function of the script returns for the inputs' values, as tensors.",
            example = "tf.py_func(lambda a: np.sort(a), [x], tf.float32)")
    static Object pyFunc(Machine m, Object function, Object inputs, Object types, boolean stateful, String name) {
        if (!Semantics.isCallable(function)) {
            throw NnError.type("func must be callable.");
        }
        Graph g = TfState.of(m).graph();
        boolean several = types instanceof ListValue || types instanceof TupleValue;
        List<DType> declared = new ArrayList<>();
        for (Object t : several ? Semantics.elements(m, types) : new Object[] {types}) {
            declared.add(DTypeValue.convert(m, t));
        }
        List<Operand> operands = new ArrayList<>();
        for (Object x : Semantics.elements(m, inputs)) {
            operands.add(Operands.of(m, x));
        }
        HostFunction host = arrays -> call(m, function, arrays, declared);
        Operation op = g.op(stateful ? "PyFunc" : "PyFuncStateless").name(name).inputs(operands)
                .attr("token", "pyfunc_" + TfState.of(m).nextFunction()).attr("Tout", declared).attr("_host_function", host).operation();
        List<Output> outputs = op.outputs();
        if (outputs.isEmpty()) {
            return new OperationValue(op);
        }
        return several ? Tensors.wrap(outputs) : Tensors.wrap(outputs.get(0));
    }

    private static List<NdArray> call(Machine m, Object function, List<NdArray> arrays, List<DType> declared) {
        Object[] arguments = new Object[arrays.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = NumpyBridge.result(arrays.get(i));
        }
        Object result = Semantics.call(m, function, arguments);
        List<NdArray> results = new ArrayList<>();
        if (declared.size() != 1 || result instanceof ListValue list && list.size() == 1
                || result instanceof TupleValue tuple && tuple.size() == 1) {
            if (result == None.NONE) {
                return results;
            }
            for (Object r : Semantics.elements(m, result)) {
                results.add(array(m, r, declared.get(Math.min(results.size(), declared.size() - 1))));
            }
        } else {
            results.add(array(m, result, declared.get(0)));
        }
        return results;
    }

    /** Python numbers take the declared type, arrays keep theirs, as in TensorFlow. */
    private static NdArray array(Machine m, Object value, DType declared) {
        if (declared == DType.STRING) {
            return ArrayOperand.toTensorArray(PythonArrays.convert(m, value, null));
        }
        return value instanceof ArrayLike a ? a.array() : ArrayMaker.make(m, value, declared);
    }

    // Log messages

    private static final String[] LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "FATAL"};

    /** What saving, restoring and the like tell, unless the script asked for less. */
    public static void info(Machine m, String line) {
        if (!TfState.of(m).isQuiet()) {
            m.world().err().write("INFO:tensorflow:" + line + "\n");
        }
    }

    /** Writes a message of {@code tf.logging} to standard error, where its level is to be seen. */
    public static void log(Machine m, int level, String text, Object... arguments) {
        if (level < TfState.of(m).verbosity()) {
            return;
        }
        String message = arguments.length == 0 ? text : PercentFormat.format(m, text, TupleValue.of(arguments));
        m.world().err().write(LEVELS[Math.max(0, Math.min(4, level / 10 - 1))] + ":tensorflow:" + message + "\n");
    }

    @Builtin(
            value = {"logging.set_verbosity", "compat.v1.logging.set_verbosity"},
            signature = "v",
            doc = "Messages below this level are not shown.")
    static void setVerbosity(Machine m, long level) {
        TfState.of(m).verbosity((int) level);
    }

    @Builtin(value = "logging.get_verbosity", doc = "The level below which messages are not shown.")
    static long getVerbosity(Machine m) {
        return TfState.of(m).verbosity();
    }

    @Builtin(value = "logging.debug", signature = "msg, *args", doc = "Logs a message for debugging.")
    static void debug(Machine m, Object message, Object[] arguments) {
        log(m, 10, Semantics.str(m, message), arguments);
    }

    @Builtin(value = "logging.info", signature = "msg, *args", doc = "Logs a message.")
    public static void info(Machine m, Object message, Object[] arguments) {
        log(m, 20, Semantics.str(m, message), arguments);
    }

    @Builtin(value = {"logging.warning", "logging.warn"}, signature = "msg, *args", doc = "Logs a warning.")
    static void warning(Machine m, Object message, Object[] arguments) {
        log(m, 30, Semantics.str(m, message), arguments);
    }

    @Builtin(value = "logging.error", signature = "msg, *args", doc = "Logs an error.")
    static void error(Machine m, Object message, Object[] arguments) {
        log(m, 40, Semantics.str(m, message), arguments);
    }

    @Builtin(value = "logging.fatal", signature = "msg, *args", doc = "Logs a fatal error.")
    static void fatal(Machine m, Object message, Object[] arguments) {
        log(m, 50, Semantics.str(m, message), arguments);
    }

    @Builtin(value = "logging.log", signature = "level, msg, *args", doc = "Logs a message of that level.")
    static void logAt(Machine m, long level, Object message, Object[] arguments) {
        log(m, (int) level, Semantics.str(m, message), arguments);
    }

    // What this machine has

    @Builtin(
            value = "test.is_gpu_available",
            signature = "cuda_only=False, min_cuda_compute_capability=None",
            doc = "Whether operations can run on a GPU: never here.")
    static boolean isGpuAvailable(Machine m, Object cudaOnly, Object capability) {
        return false;
    }

    @Builtin(value = "test.is_built_with_cuda", doc = "Whether operations can run on a GPU: never here.")
    static boolean isBuiltWithCuda(Machine m) {
        return false;
    }

    @Builtin(value = "test.gpu_device_name", doc = "The name of a GPU; empty here.")
    static String gpuDeviceName(Machine m) {
        return "";
    }
}
