package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same elements under another shape. */
final class ReshapeOps {
    private ReshapeOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Reshape" -> new Reshape();
            case "ExpandDims" -> new ExpandDims();
            case "Squeeze" -> new Squeeze();
            case "EnsureShape" -> new EnsureShape();
            default -> null;
        };
    }

    /** What flows back through an operation that only changes the shape. */
    static Output toInputShape(GradientContext g) {
        Graph graph = g.graph();
        return MathOps.binary(graph, "Reshape", g.dense(), Shapes.shape(graph, g.input(0), null), null);
    }

    static final class Reshape extends OpDef {
        Reshape() {
            super("Reshape", "tensor: T, shape: Tshape", "output: T", "T: type", "Tshape: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            Shape to = c.constantAsShape(1);
            if (!to.hasRank()) {
                c.output(0, Shape.unknown());
                return;
            }
            long known = 1;
            int hole = -1;
            int holes = 0;
            for (int i = 0; i < to.rank(); i++) {
                if (to.dim(i) == Shape.UNKNOWN) {
                    hole = i;
                    holes++;
                } else {
                    known *= to.dim(i);
                }
            }
            long n = in.numElements();
            if (in.isFullyDefined() && holes == 0) {
                if (n != known) {
                    throw c.invalid("Cannot reshape a tensor with " + n + " elements to shape " + to.toBrackets() + " ("
                            + known + " elements)");
                }
            } else if (holes == 1 && in.isFullyDefined()) {
                if (known == 0 || n % known != 0) {
                    throw c.invalid("Dimension size must be evenly divisible by " + known + " but is " + n);
                }
                to = to.withDim(hole, (int) (n / known));
            } else if (holes == 1 && in.hasRank() && known > 0) {
                to = sameUnknown(in, to, hole);
            }
            c.output(0, to);
        }

        /** Fewer unknowns: an input whose known dimensions alone cannot make up what is asked for is a mistake. */
        private static Shape sameUnknown(Shape in, Shape to, int hole) {
            long rest = 1;
            int unknown = 0;
            for (int i = 0; i < in.rank(); i++) {
                if (in.dim(i) == Shape.UNKNOWN) {
                    unknown++;
                } else {
                    rest *= in.dim(i);
                }
            }
            return unknown == 0 && rest == 0 ? to.withDim(hole, 0) : to;
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray shape = k.input(1);
            if (shape.rank() != 1) {
                throw NnError.invalidArgument("sizes input must be 1-D, not " + Broadcast.brackets(shape.shape()));
            }
            int[] to = new int[shape.size()];
            long known = 1;
            int hole = -1;
            for (int i = 0; i < to.length; i++) {
                long d = shape.getLong(i);
                if (d == -1) {
                    if (hole >= 0) {
                        throw NnError.invalidArgument("Only one input size may be -1, not both " + hole + " and " + i);
                    }
                    hole = i;
                    to[i] = 1;
                } else if (d < 0) {
                    throw NnError.invalidArgument("Size " + i + " must be non-negative, not " + d);
                } else {
                    to[i] = (int) Math.min(d, Integer.MAX_VALUE);
                    known *= d;
                }
            }
            if (hole >= 0) {
                if (known == 0) {
                    throw NnError.invalidArgument("reshape cannot infer the missing input size for an empty tensor unless "
                            + "all specified input sizes are non-zero");
                }
                if (in.size() % known != 0) {
                    throw NnError.invalidArgument("Input to reshape is a tensor with " + in.size()
                            + " values, but the requested shape requires a multiple of " + known);
                }
                to[hole] = (int) (in.size() / known);
            } else if (known != in.size()) {
                throw NnError.invalidArgument("Input to reshape is a tensor with " + in.size()
                        + " values, but the requested shape has " + known);
            }
            k.forward(0, in.reshape(to));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {toInputShape(g), null};
        }
    }

    static final class ExpandDims extends OpDef {
        ExpandDims() {
            super("ExpandDims", "input: T, dim: Tdim", "output: T", "T: type", "Tdim: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            Optional<NdArray> dim = c.constant(1);
            if (dim.isEmpty()) {
                c.output(0, in.hasRank() ? Shape.unknownOfRank(in.rank() + 1) : Shape.unknown());
                return;
            }
            if (dim.get().size() != 1) {
                throw c.invalid("'dim' input must be a tensor with a single value");
            }
            if (!in.hasRank()) {
                return;
            }
            long at = dim.get().getLong(0);
            if (at < -1 - in.rank() || at > in.rank()) {
                throw c.invalid("dim " + at + " not in the interval [" + (-in.rank() - 1) + ", " + in.rank() + "].");
            }
            int i = (int) (at < 0 ? at + in.rank() + 1 : at);
            c.output(0, in.slice(0, i).concatenate(Shape.of(1)).concatenate(in.slice(i, in.rank())));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            long at = k.input(1).getLong(0);
            if (at < -1 - in.rank() || at > in.rank()) {
                throw NnError.invalidArgument("Tried to expand dim index " + at + " for tensor with " + in.rank()
                        + " dimensions.");
            }
            int i = (int) (at < 0 ? at + in.rank() + 1 : at);
            int[] to = new int[in.rank() + 1];
            for (int j = 0; j < to.length; j++) {
                to[j] = j == i ? 1 : in.dim(j < i ? j : j - 1);
            }
            k.forward(0, in.reshape(to));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {toInputShape(g), null};
        }
    }

    static final class Squeeze extends OpDef {
        Squeeze() {
            super("Squeeze", "input: T", "output: T", "T: type", "squeeze_dims: list(int) = []");
        }

        /** Which dimensions to drop; rank is that of the input. */
        private static boolean[] asked(List<Long> dims, int rank, boolean building, ShapeContext c) {
            boolean[] drop = new boolean[rank];
            for (long d : dims) {
                if (d < -rank || d >= rank) {
                    String text = "Tried to squeeze dim index " + d + " for tensor with " + rank + " dimensions.";
                    throw building
                            ? c.invalid("squeeze_dims[" + dims.indexOf(d) + "] not in [" + -rank + "," + rank + ").")
                            : NnError.invalidArgument(text);
                }
                drop[(int) (d < 0 ? d + rank : d)] = true;
            }
            return drop;
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            if (!in.hasRank()) {
                return;
            }
            List<Long> dims = c.operation().attribute("squeeze_dims");
            boolean[] drop = asked(dims, in.rank(), true, c);
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < in.rank(); i++) {
                if (dims.isEmpty()) {
                    if (in.dim(i) == Shape.UNKNOWN) {
                        return;
                    }
                    if (in.dim(i) != 1) {
                        left.add(in.dim(i));
                    }
                } else if (!drop[i]) {
                    left.add(in.dim(i));
                } else if (in.dim(i) != Shape.UNKNOWN && in.dim(i) != 1) {
                    throw c.invalid("Can not squeeze dim[" + i + "], expected a dimension of 1, got " + in.dim(i));
                }
            }
            c.output(0, Shape.of(left.stream().mapToInt(Integer::intValue).toArray()));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            List<Long> dims = k.operation().attribute("squeeze_dims");
            boolean[] drop = asked(dims, in.rank(), false, null);
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < in.rank(); i++) {
                if (!dims.isEmpty() && drop[i] && in.dim(i) != 1) {
                    throw NnError.invalidArgument("Can not squeeze dim[" + i + "], expected a dimension of 1, got "
                            + in.dim(i));
                }
                if (dims.isEmpty() ? in.dim(i) != 1 : !drop[i]) {
                    left.add(in.dim(i));
                }
            }
            k.forward(0, in.reshape(left.stream().mapToInt(Integer::intValue).toArray()));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {toInputShape(g)};
        }
    }

    static final class EnsureShape extends OpDef {
        EnsureShape() {
            super("EnsureShape", "input: T", "output: T", "shape: shape", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.mergeShapes(c.input(0), c.operation().shapeAttribute("shape")));
        }

        @Override
        public void compute(KernelContext k) {
            Shape wanted = k.operation().shapeAttribute("shape");
            Shape have = Shape.of(k.input(0).shape());
            if (!wanted.isCompatibleWith(have)) {
                throw NnError.invalidArgument("Shape of tensor " + k.operation().input(0).name() + " "
                        + have.toBrackets() + " is not compatible with expected shape " + wanted.toBrackets() + ".");
            }
            k.forward(0, k.input(0));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {g.upstream(0)};
        }
    }
}
