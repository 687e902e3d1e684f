package io.retrograd.graph.build;

import static io.retrograd.graph.build.MathOps.binary;
import static io.retrograd.graph.build.MathOps.minus;
import static io.retrograd.graph.build.MathOps.plus;
import static io.retrograd.graph.build.MathOps.unary;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import java.util.List;

/** Losses over some drawn classes where there are too many to take them all. */
public final class SampledLosses {
    private SampledLosses() {}

    /** The sum of each row of a matrix, by a product with ones. */
    static Output sumRows(Graph g, Output x) {
        Output columns = ArrayOps.at(g, Shapes.shape(g, x, null), 1);
        Output shape = ArrayOps.stack(g, columns, Literal.of(1));
        Output ones = Shapes.ones(g, shape, x.dtype(), null);
        Output sums = MathOps.matmul(g, x, ones, false, false, false, false, null);
        return ArrayOps.reshape(g, sums, Literal.ofInts(-1), null);
    }

    /** Logits and labels for the sampled losses. */
    record Sampled(Output logits, Output labels) {}

    /** The draws of a candidate sampler: classes, expected counts of the true ones and of the sampled ones. */
    public record Candidates(Output sampled, Output trueCount, Output sampledCount) {}

    /** {@code tf.nn.log_uniform_candidate_sampler} and its kin. */
    public static Candidates sampler(
            Graph g, String type, Operand trueClasses, long numTrue, long numSampled, boolean unique, long range, Long seed,
            String name) {
        RandomOps.Seeds seeds = RandomOps.seeds(g, seed);
        var op = g.op(type).name(name).input(trueClasses).attr("num_true", numTrue).attr("num_sampled", numSampled)
                .attr("unique", unique).attr("range_max", range).attr("seed", seeds.graph()).attr("seed2", seeds.operation()).operation();
        return new Candidates(op.output(0), op.output(1), op.output(2));
    }

    /** What nce_loss and sampled_softmax_loss have in common. Weights and biases may be lists of parts. */
    public record SampledLoss(
            Lookup weights, Lookup biases, Operand labels, Operand inputs, long numSampled, long numClasses, long numTrue,
            Candidates candidates, boolean removeHits, String name, Long seed) {

        /** {@code tf.nn.nce_loss} (Gutmann and Hyvärinen, 2010). */
        public Output noiseContrastive(Graph g) {
            Sampled s = logits(g, name == null ? "nce_loss" : name);
            return sumRows(g, CrossEntropy.sigmoid(g, s.labels(), s.logits(), "sampled_losses"));
        }

        /** {@code tf.nn.sampled_softmax_loss} (Jean et al., 2014). */
        public Output softmaxLoss(Graph g) {
            Sampled s = logits(g, name == null ? "sampled_softmax_loss" : name);
            Output labelsFixed = unary(g, "StopGradient", s.labels(), "labels_stop_gradient");
            return CrossEntropy.softmax(g, labelsFixed, s.logits(), -1, null);
        }

        private Sampled logits(Graph g, String scopeName) {
            try (NameScope scope = g.nameScope(scopeName)) {
                Output classes = MathOps.cast(g, labels, DType.INT64, null);
                Output flat = ArrayOps.reshape(g, classes, Literal.ofInts(-1), null);
                Candidates drawn = candidates != null ? candidates
                        : sampler(g, "LogUniformCandidateSampler", classes, numTrue, numSampled, true, numClasses, seed, null);
                Output sampled = unary(g, "StopGradient", drawn.sampled(), null);
                Output trueCount = unary(g, "StopGradient", drawn.trueCount(), null);
                Output sampledCount = unary(g, "StopGradient", drawn.sampledCount(), null);
                sampled = MathOps.cast(g, sampled, DType.INT64, null);
                Output ids = ArrayOps.concat(g, 0, flat, sampled);
                Output x = inputs.toOutput(g, null, null, "inputs");
                Output allW = MathOps.cast(g, weights.of(g, ids), x.dtype(), null);
                Output count = ArrayOps.at(g, Shapes.shape(g, flat, null), 0);
                Output trueW = ArrayOps.slice(g, allW, Literal.ofInts(0, 0), ArrayOps.stack(g, count, Literal.of(-1)));
                Output countAgain = ArrayOps.at(g, Shapes.shape(g, flat, null), 0);
                Output begin = ArrayOps.stack(g, countAgain, Literal.of(0));
                Output sampledW = ArrayOps.slice(g, allW, begin, Literal.ofInts(-1, -1));
                Output sampledLogits = MathOps.matmul(g, x, sampledW, false, true, false, false, null);
                Output allB = MathOps.cast(g, biases.of(g, ids), x.dtype(), null);
                Output shape = Shapes.shape(g, flat, null);
                Output trueB = ArrayOps.slice(g, allB, Literal.ofInts(0), shape);
                Output sampledB = ArrayOps.slice(g, allB, Shapes.shape(g, flat, null), Literal.ofInts(-1));
                Output dim = ArrayOps.range(g, Shapes.shape(g, trueW, null), 1L, 2L);
                Output newShape = ArrayOps.concat(g, 0, Literal.ofInts(-1, (int) numTrue), dim);
                Output spread = ArrayOps.expandDims(g, x, 1);
                Output dots = binary(g, "Mul", spread, ArrayOps.reshape(g, trueW, newShape, null), null);
                Output matrix = ArrayOps.reshape(g, dots, ArrayOps.concat(g, 0, Literal.ofInts(-1), dim), null);
                Output trueLogits = ArrayOps.reshape(g, sumRows(g, matrix), Literal.ofInts(-1, (int) numTrue), null);
                trueB = ArrayOps.reshape(g, trueB, Literal.ofInts(-1, (int) numTrue), null);
                trueLogits = plus(g, trueLogits, trueB);
                sampledLogits = plus(g, sampledLogits, sampledB);
                if (removeHits) {
                    sampledLogits = withoutHits(g, classes, sampled, sampledLogits);
                }
                trueLogits = minus(g, trueLogits, unary(g, "Log", trueCount, null));
                sampledLogits = minus(g, sampledLogits, unary(g, "Log", sampledCount, null));
                Output logits = ArrayOps.concat(g, 1, trueLogits, sampledLogits);
                Output ones = MathOps.over(g, Shapes.onesLike(g, trueLogits, null, true, null), Literal.of(numTrue));
                Output zeros = Shapes.zerosLike(g, sampledLogits, null);
                return new Sampled(logits, ArrayOps.concat(g, 1, ones, zeros));
            }
        }

        /** Samples that are a row's true class by accident get a logit that counts as none. */
        private Output withoutHits(Graph g, Output classes, Output sampled, Output logits) {
            RandomOps.Seeds seeds = RandomOps.seeds(g, null);
            var hits = g.op("ComputeAccidentalHits").input(classes).input(sampled).attr("num_true", numTrue)
                    .attr("seed", seeds.graph()).attr("seed2", seeds.operation()).operation();
            Output rows = ArrayOps.reshape(g, hits.output(0), Literal.ofInts(-1, 1), null);
            Output narrow = MathOps.cast(g, hits.output(1), DType.INT32, null);
            Output columns = ArrayOps.reshape(g, narrow, Literal.ofInts(-1, 1), null);
            Output indices = ArrayOps.concat(g, List.of(rows, columns), Literal.of(1), "sparse_indices");
            Output batch = ArrayOps.range(g, Shapes.shape(g, classes, null), null, 1L);
            Output width = ArrayOps.expandDims(g, Literal.of(numSampled), 0);
            Output shape = ArrayOps.concat(g, 0, batch, width);
            Output weights = MathOps.cast(g, hits.output(2), logits.dtype(), null);
            Output dense = g.op("SparseToDense").input(indices).input(shape).input(weights).input(Literal.of(0.0))
                    .attr("validate_indices", false).output();
            return plus(g, logits, dense);
        }
    }

    /** Rows of a table, as {@code tf.nn.embedding_lookup} finds them. */
    @FunctionalInterface
    public interface Lookup {
        Output of(Graph g, Output ids);
    }
}
