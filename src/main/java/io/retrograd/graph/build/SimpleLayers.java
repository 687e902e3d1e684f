package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ConvBuilds.Motion;
import io.retrograd.tensor.Shape;
import java.util.List;

/** Layers without variables: pools, dropout, flatten. */
public final class SimpleLayers {
    private SimpleLayers() {}

    private abstract static class Stateless extends Layer {
        Stateless(Graph g, String kind, Options options) {
            super(g, kind, options);
        }

        @Override
        protected final void build(Graph g, Shape input) {}
    }

    /**
     * {@code tf.layers.max_pooling2d} and its kin.
     *
     * @param type MaxPool or AvgPool
     * @param slide window and strides for one or two dimensions
     */
    public static Layer pool(Graph g, String type, ConvLayer.Slide slide, Layer.Options options) {
        int n = slide.size().length;
        String kind = (type.equals("MaxPool") ? "max" : "average") + "_pooling" + n + "d";
        return new Stateless(g, kind, options) {
            @Override
            protected void check(Output input) {
                requireRank(input, n + 2, false);
            }

            @Override
            protected Output call(Graph graph, Output x) {
                if (n == 2) {
                    return ConvBuilds.pool(graph, type, x, pair(slide.size()), pair(slide.strides()), slide.padding(),
                            slide.format(), null);
                }
                // One more dimension behind the one pooled over.
                int axis = slide.channelsFirst() ? 3 : 2;
                Output wide = ArrayOps.expandDims(graph, x, axis);
                Output y = ConvBuilds.pool(graph, type, wide, Motion.pair(slide.format(), slide.size()[0], 1),
                        Motion.pair(slide.format(), slide.strides()[0], 1), slide.padding(), slide.format(), null);
                return ArrayOps.squeeze(graph, y, axis);
            }

            private List<Long> pair(int[] two) {
                return Motion.pair(slide.format(), two[0], two[1]);
            }
        };
    }

    /** {@code tf.layers.dropout}; a null rate means the number. */
    public static final class Dropout extends Stateless {
        private final Operand rate;
        private final double number;
        private final Operand noiseShape;
        private final Long seed;
        private Training training = Training.NO;

        public Dropout(Graph g, Operand rate, double number, Operand noiseShape, Long seed, Options options) {
            super(g, "dropout", options);
            this.rate = rate;
            this.number = number;
            this.noiseShape = noiseShape;
            this.seed = seed;
        }

        /** Says whether the next call is for training. */
        public Dropout training(Training now) {
            training = now;
            return this;
        }

        @Override
        protected Output call(Graph g, Output x) {
            return training.choose(g,
                    () -> List.of(NnOps.dropout(g, x, rate, number, noiseShape, seed, null)),
                    () -> List.of(MathOps.unary(g, "Identity", x, null))).get(0);
        }
    }

    /** {@code tf.layers.flatten}: everything behind the batch in one dimension. */
    public static Layer flatten(Graph g, boolean channelsFirst, Layer.Options options) {
        return new Stateless(g, "flatten", options) {
            @Override
            protected void check(Output input) {
                requireRank(input, 2, true);
            }

            @Override
            protected Output call(Graph graph, Output input) {
                Output x = input;
                int rank = x.shape().rank();
                if (channelsFirst && rank > 2) {
                    int[] order = new int[rank];
                    for (int i = 1; i < rank; i++) {
                        order[i] = i + 1 < rank ? i + 1 : 1;
                    }
                    x = ArrayOps.transpose(graph, x, Literal.ofInts(order));
                }
                int batch = x.shape().dim(0);
                Operand shape = batch > 0
                        ? Literal.ofInts(batch, -1)
                        : ArrayOps.vector(ArrayOps.at(graph, Shapes.shape(graph, x, null), 0), Literal.of(-1));
                Output y = ArrayOps.reshape(graph, x, shape, null);
                long inner = x.shape().slice(1, rank).numElements();
                y.refineShape(Shape.of(batch, inner < 0 ? Shape.UNKNOWN : (int) inner));
                return y;
            }
        };
    }
}
