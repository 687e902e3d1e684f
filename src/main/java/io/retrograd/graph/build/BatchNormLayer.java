package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * {@code tf.layers.batch_normalization} (Ioffe and Szegedy, 2015): in training with the mean and variance of the batch,
 * which also move the averages that are used otherwise. The moves are operations in the collection of updates.
 */
public final class BatchNormLayer extends Layer {
    /** What the layer has and how it starts; initializers are never null, penalties may be. */
    public record Settings(
            int axis, double momentum, double epsilon, boolean center, boolean scale, Initializer beta, Initializer gamma,
            Initializer mean, Initializer variance, Regularizer betaPenalty, Regularizer gammaPenalty, boolean mayFuse) {
        public static Settings standard() {
            return new Settings(-1, 0.99, 1e-3, true, true, Initializers.zeros(), Initializers.ones(), Initializers.zeros(),
                    Initializers.ones(), null, null, true);
        }
    }

    private final Settings settings;
    private Training training = Training.NO;
    private int axis;
    private int rank;
    private boolean fused;
    private Variable gamma;
    private Variable beta;
    private Variable movingMean;
    private Variable movingVariance;
    private Output constantGamma;
    private Output constantBeta;

    public BatchNormLayer(Graph g, Settings settings, Options options) {
        super(g, "batch_normalization", options);
        this.settings = settings;
    }

    /** Says whether the next call is for training. */
    public BatchNormLayer training(Training now) {
        training = now;
        return this;
    }

    @Override
    protected void check(Output input) {
        if (isBuilt()) {
            requireRank(input, rank, false);
            requireSize(input, axis, gammaOrBetaSize());
        }
    }

    private int gammaOrBetaSize() {
        return movingMean.shape().dim(0);
    }

    @Override
    protected void build(Graph g, Shape input) {
        if (!input.hasRank()) {
            throw NnError.value("('Input has undefined rank:', TensorShape(None))");
        }
        rank = input.rank();
        axis = settings.axis() < 0 ? settings.axis() + rank : settings.axis();
        if (axis < 0 || axis >= rank) {
            throw NnError.value("Invalid axis: " + axis);
        }
        fused = rank == 4 && settings.mayFuse() && (axis == 1 || axis == 3);
        int size = input.dim(axis);
        if (size < 0) {
            throw NnError.value("('Input has undefined `axis` dimension. Input shape: ', " + input.toRepr() + ")");
        }
        Shape shape = Shape.of(size);
        if (settings.scale()) {
            gamma = weight(g, "gamma", shape, settings.gamma(), settings.gammaPenalty(), true);
        } else if (fused) {
            constantGamma = g.constant(NdArray.full(DType.FLOAT32, 1, size), "Const");
        }
        if (settings.center()) {
            beta = weight(g, "beta", shape, settings.beta(), settings.betaPenalty(), true);
        } else if (fused) {
            constantBeta = g.constant(NdArray.zeros(DType.FLOAT32, size), "Const");
        }
        movingMean = weight(g, "moving_mean", shape, settings.mean(), null, false);
        movingVariance = weight(g, "moving_variance", shape, settings.variance(), null, false);
    }

    @Override
    protected Output call(Graph g, Output x) {
        return fused ? fused(g, x) : composed(g, x);
    }

    private Output fused(Graph g, Output x) {
        Operand offset = beta != null ? beta : constantBeta;
        Operand factor = gamma != null ? gamma : constantGamma;
        String format = axis == 1 ? "NCHW" : "NHWC";
        List<Output> all = training.choose(g,
                () -> NnOps.fusedBatchNorm(g, x, factor, offset, null, null, settings.epsilon(), format, true, null)
                        .outputs().subList(0, 3),
                () -> NnOps.fusedBatchNorm(g, x, factor, offset, movingMean, movingVariance, settings.epsilon(), format, false,
                        null).outputs().subList(0, 3));
        Output momentum = training.isKnown()
                ? g.constant(NdArray.scalar((float) settings.momentum()), "Const")
                : training.choose(g,
                        () -> List.of(g.constant(NdArray.scalar((float) settings.momentum()), "Const")),
                        () -> List.of(g.constant(NdArray.scalar(1f), "Const"))).get(0);
        if (training.mayTrain()) {
            addUpdate(move(g, movingMean, all.get(1), momentum).operation());
            addUpdate(move(g, movingVariance, all.get(2), momentum).operation());
        }
        return all.get(0);
    }

    /** variable -= (variable - value) (1 - momentum); momentum null for the setting. */
    private Output move(Graph g, Variable variable, Output value, Output momentum) {
        try (NameScope scope = g.nameScope("AssignMovingAvg");
                Graph.Block colocated = g.colocateWith(variable.operation())) {
            Output decay = momentum == null
                    ? g.constant(NdArray.scalar(1 - settings.momentum()).astype(variable.dtype()), "decay")
                    : MathOps.minus(g, Literal.of(1.0), momentum);
            Output delta = MathOps.times(g, MathOps.minus(g, variable, value), decay);
            return Variables.assignBy(g, "AssignSub", variable, delta, false, scope.operationName());
        }
    }

    private Output composed(Graph g, Output x) {
        int[] axes = new int[rank - 1];
        for (int i = 0, j = 0; i < rank; i++) {
            if (i != axis) {
                axes[j++] = i;
            }
        }
        Operand scale = spread(g, gamma);
        Operand offset = spread(g, beta);
        Operand mean = movingMean;
        Operand variance = movingVariance;
        if (training.mayTrain()) {
            NnOps.Moments moments = NnOps.moments(g, x, axes, false, null);
            Output m = training.choose(g, () -> List.of(moments.mean()), () -> List.of(movingMean.snapshot())).get(0);
            Output v = training.choose(g, () -> List.of(moments.variance()), () -> List.of(movingVariance.snapshot())).get(0);
            addUpdate(moveInTraining(g, movingMean, m));
            addUpdate(moveInTraining(g, movingVariance, v));
            mean = m;
            variance = v;
        }
        mean = MathOps.cast(g, mean, x.dtype(), null);
        variance = MathOps.cast(g, variance, x.dtype(), null);
        offset = offset == null ? null : MathOps.cast(g, offset, x.dtype(), null);
        scale = scale == null ? null : MathOps.cast(g, scale, x.dtype(), null);
        Output y = NnOps.batchNormalization(g, x, spread(g, mean), spread(g, variance), offset, scale,
                Literal.of(settings.epsilon()), null);
        y.refineShape(x.shape());
        return y;
    }

    private Operation moveInTraining(Graph g, Variable variable, Output value) {
        return training.choose(g,
                () -> List.of(move(g, variable, value, null)),
                () -> List.of(variable.snapshot())).get(0).operation();
    }

    /** The vector laid along its axis where that is not the last. */
    private Operand spread(Graph g, Operand vector) {
        if (vector == null || axis == rank - 1) {
            return vector;
        }
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        dims[axis] = gammaOrBetaSize();
        return ArrayOps.reshape(g, vector, Literal.ofInts(dims), null);
    }

    public Variable movingMean() {
        return movingMean;
    }

    public Variable movingVariance() {
        return movingVariance;
    }

    /** Null where the layer has none. */
    public Variable gamma() {
        return gamma;
    }

    /** Null where the layer has none. */
    public Variable beta() {
        return beta;
    }
}
