package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.Shape;
import java.util.function.UnaryOperator;

/** {@code tf.layers.dense}: activation(x kernel + bias) along the last dimension. */
public final class DenseLayer extends Layer {
    private final int units;
    private final UnaryOperator<Output> activation;
    private final Weights weights;
    private Variable kernel;
    private Variable bias;
    private int inputs = Shape.UNKNOWN;

    /** How kernels and biases start and what keeps them small; null for the defaults, the bias's initializer for none. */
    public record Weights(
            boolean hasBias, Initializer kernel, Initializer bias, Regularizer kernelPenalty, Regularizer biasPenalty) {}

    public DenseLayer(Graph g, int units, UnaryOperator<Output> activation, Weights weights, Options options) {
        super(g, "dense", options);
        this.units = units;
        this.activation = activation;
        this.weights = weights;
    }

    /** The size of its output's last dimension. */
    public int units() {
        return units;
    }

    @Override
    protected void check(Output input) {
        requireRank(input, 2, true);
        requireSize(input, -1, inputs);
    }

    @Override
    protected void build(Graph g, Shape input) {
        if (!dtype().isFloating()) {
            throw NnError.type("Unable to build `Dense` layer with non-floating point dtype <dtype: '" + dtype().tfName() + "'>");
        }
        inputs = input.dim(-1);
        if (inputs < 0) {
            throw NnError.value("The last dimension of the inputs to `Dense` should be defined. Found `None`.");
        }
        kernel = weight(g, "kernel", Shape.of(inputs, units), weights.kernel(), weights.kernelPenalty(), true);
        if (weights.hasBias()) {
            bias = weight(g, "bias", Shape.of(units), weights.bias(), weights.biasPenalty(), true);
        }
    }

    @Override
    protected Output call(Graph g, Output x) {
        int rank = x.shape().rank();
        Output y;
        if (rank > 2) {
            y = TensorProducts.tensordot(g, x, kernel, new int[] {rank - 1}, new int[] {0}, null);
            y.refineShape(x.shape().withDim(-1, units));
        } else {
            y = MathOps.matrixProduct(g, x, kernel, false, false);
        }
        if (bias != null) {
            y = NnOps.biasAdd(g, y, bias, null, null);
        }
        return activate(activation, y);
    }

    public Variable kernel() {
        return kernel;
    }

    /** Null where the layer has none. */
    public Variable bias() {
        return bias;
    }
}
