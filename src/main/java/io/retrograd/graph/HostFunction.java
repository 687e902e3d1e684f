package io.retrograd.graph;

import io.retrograd.error.NnError;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/** A function outside the graph that an operation calls when it runs: what {@code tf.py_func} wraps. */
@FunctionalInterface
public interface HostFunction {
    /** The attribute, not part of an exported graph, that holds an operation's function. */
    String ATTRIBUTE = "_host_function";

    /** One array for each output. */
    List<NdArray> call(List<NdArray> inputs);

    /**
     * Calls the function of a {@code PyFunc}; what it returns must have the number and the types declared.
     *
     * @param inputs the function's own: it may keep or change them
     * @return compact arrays that nobody else holds
     * @throws NnError InvalidArgumentError in TensorFlow's words
     */
    static List<NdArray> callOf(Operation op, List<NdArray> inputs) {
        HostFunction function = op.attribute(ATTRIBUTE);
        if (function == null) {
            throw notFound(op.attribute("token"));
        }
        List<NdArray> results = function.call(inputs);
        if (results.size() != op.outputCount()) {
            throw NnError.invalidArgument(op.attribute("token") + " returns " + results.size()
                    + " values, but expects to see " + op.outputCount() + " values.");
        }
        List<NdArray> own = new ArrayList<>();
        for (NdArray result : results) {
            DType declared = op.output(own.size()).dtype();
            if (result.dtype() != declared) {
                throw NnError.invalidArgument(own.size() + "-th value returned by " + op.attribute("token") + " is "
                        + result.dtype().typeName() + ", but expects " + declared.typeName());
            }
            own.add(result.compact().copy());
        }
        return own;
    }

    /** What running an operation of a file meets, which holds the name of the function only. */
    static NnError notFound(String token) {
        return NnError.invalidArgument("ValueError: callback " + token + " is not found")
                .help("a graph in a file does not hold the script's functions: build the graph in the script that has them");
    }
}
