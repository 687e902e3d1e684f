package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** What {@code tf.image} creates. Images are (height, width, channels), or a batch of them. */
public final class ImageOps {
    private ImageOps() {}

    /** {@code tf.image.convert_image_dtype}: floats in [0, 1), integers over their whole range. */
    public static Output convertType(Graph g, Operand image, DType type, boolean saturate, String name) {
        Output x = image.toOutput(g, null, null, "image");
        if (!type.isFloating() && !type.isInteger()) {
            throw NnError.attribute("dtype must be either floating point or integer");
        }
        if (x.dtype() == type) {
            return g.op("Identity").name(name).input(x).output();
        }
        try (NameScope scope = g.nameScope(name == null ? "convert_image" : name)) {
            String own = scope.operationName();
            if (x.dtype().isInteger() && type.isInteger()) {
                long in = largest(x.dtype());
                long out = largest(type);
                if (in > out) {
                    Output scaled = MathOps.divide2(g, x, Literal.of((in + 1) / (out + 1)), null);
                    return saturate ? MathOps.saturateCast(g, scaled, type, own) : MathOps.cast(g, scaled, type, own);
                }
                Output cast = saturate ? MathOps.saturateCast(g, x, type, null) : MathOps.cast(g, x, type, null);
                return MathOps.binary(g, "Mul", cast, Literal.of((out + 1) / (in + 1)), own);
            }
            if (x.dtype().isFloating() && type.isFloating()) {
                return MathOps.cast(g, x, type, own);
            }
            if (x.dtype().isInteger()) {
                Output cast = MathOps.cast(g, x, type, null);
                return MathOps.binary(g, "Mul", cast, Literal.of(1.0 / largest(x.dtype())), own);
            }
            Output scaled = MathOps.binary(g, "Mul", x, Literal.of(largest(type) + 0.5), null);
            return saturate ? MathOps.saturateCast(g, scaled, type, own) : MathOps.cast(g, scaled, type, own);
        }
    }

    private static long largest(DType t) {
        return switch (t) {
            case UINT8 -> 255;
            case INT8 -> 127;
            case INT16 -> Short.MAX_VALUE;
            case UINT16 -> 65535;
            case INT32 -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    private static Output image(Graph g, Operand image) {
        Output x = image.toOutput(g, null, null, "image");
        if (x.shape().hasRank() && x.shape().rank() < 3) {
            throw NnError.value("'image' (shape " + x.shape() + ") must be at least three-dimensional.");
        }
        return x;
    }

    /** {@code tf.image.flip_left_right} and its kin: dimension 1 of an image is its width. */
    public static Output flip(Graph g, Operand image, int dimension, String scopeName) {
        try (NameScope scope = g.nameScope(scopeName)) {
            Output x = image(g, image);
            int rank = x.shape().hasRank() ? x.shape().rank() : 3;
            if (rank > 4) {
                throw NnError.value("'image' must have either 3 or 4 dimensions.");
            }
            Output out = g.op("ReverseV2").input(x).input(Literal.ofInts(dimension + rank - 3)).output();
            if (rank == 3) {
                out.refineShape(x.shape().hasRank() ? x.shape() : Shape.unknownOfRank(3));
            }
            return out;
        }
    }

    /** {@code tf.image.random_flip_left_right} of a batch: each image by its own chance. */
    public static Output randomFlipBatch(Graph g, Output images, int dimension, Long seed) {
        Output batch = ArrayOps.at(g, Shapes.shape(g, images, null), 0);
        Output chance = RandomOps.uniform(
                g, ArrayOps.vector(batch), Literal.of(0), Literal.of(1.0), DType.FLOAT32, seed, null);
        Operand shape = ArrayOps.vector(batch, Literal.of(1), Literal.of(1), Literal.of(1));
        Output flips = MathOps.unary(g, "Round", ArrayOps.reshape(g, chance, shape, null), null);
        flips = MathOps.cast(g, flips, images.dtype(), null);
        Output flipped = g.op("ReverseV2").input(images).input(Literal.ofInts(dimension + 1)).output();
        return MathOps.plus(
                g, MathOps.times(g, flips, flipped), MathOps.times(g, MathOps.minus(g, Literal.of(1), flips), images));
    }

    /** {@code tf.image.adjust_brightness}. */
    public static Output brightness(Graph g, Operand image, Operand delta) {
        try (NameScope scope = g.nameScope("adjust_brightness")) {
            Output x = image.toOutput(g, null, null, "image");
            Output floats = asFloat(g, x);
            Output by = MathOps.cast(g, delta, floats.dtype(), null);
            return convertType(g, MathOps.binary(g, "Add", floats, by, scope.operationName()), x.dtype(), true, null);
        }
    }

    private static Output asFloat(Graph g, Output x) {
        boolean already = x.dtype() == DType.FLOAT16 || x.dtype() == DType.FLOAT32;
        return already ? x : convertType(g, x, DType.FLOAT32, false, null);
    }

    /** {@code tf.image.adjust_contrast}. */
    public static Output contrast(Graph g, Operand images, Operand factor) {
        try (NameScope scope = g.nameScope("adjust_contrast")) {
            Output x = images.toOutput(g, null, null, "images");
            Output adjusted = g.op("AdjustContrastv2").name(scope.operationName()).input(asFloat(g, x)).input(factor).output();
            return convertType(g, adjusted, x.dtype(), true, null);
        }
    }

    /** {@code tf.image.per_image_standardization}: mean 0 and deviation 1, the latter not too small. */
    public static Output standardize(Graph g, Operand image) {
        try (NameScope scope = g.nameScope("per_image_standardization")) {
            Output x = image(g, image);
            DType type = x.dtype();
            x = asFloat(g, x);
            Output last = new Indexing(g).range(-3L, null, null).of(Shapes.shape(g, x, null));
            Output count = MathOps.reduce(g, "Prod", last, null, false, null);
            Operand axes = Literal.ofInts(-1, -2, -3);
            Output mean = MathOps.reduce(g, "Mean", x, axes, true, null);
            Output deviation = MathOps.standardDeviation(g, x, axes, true, null);
            Output least = MathOps.unary(g, "Rsqrt", MathOps.cast(g, count, x.dtype(), null), null);
            Output divisor = MathOps.binary(g, "Maximum", deviation, least, null);
            Output centred = MathOps.minus(g, x, mean);
            return convertType(g, MathOps.divide2(g, centred, divisor, scope.operationName()), type, true, null);
        }
    }

    /** {@code tf.image.rgb_to_grayscale}. */
    public static Output grey(Graph g, Operand images, String name) {
        try (NameScope scope = g.nameScope(name == null ? "rgb_to_grayscale" : name)) {
            Output x = images.toOutput(g, null, null, "images");
            Output floats = convertType(g, x, DType.FLOAT32, false, null);
            Literal weights = Literal.of(NdArray.of(new float[] {0.2989f, 0.587f, 0.114f}));
            Output grey = TensorProducts.tensordot(g, floats, weights, new int[] {-1}, new int[] {-1}, null);
            return convertType(g, ArrayOps.expandDims(g, grey, -1), x.dtype(), false, scope.operationName());
        }
    }

    /** {@code tf.image.grayscale_to_rgb}. */
    public static Output rgb(Graph g, Operand images, String name) {
        try (NameScope scope = g.nameScope(name == null ? "grayscale_to_rgb" : name)) {
            Output x = images.toOutput(g, null, null, "images");
            Output rank = MathOps.minus(g, Shapes.rank(g, x, null), Literal.of(1));
            Output ones = Shapes.ones(g, ArrayOps.expandDims(g, rank, 0), DType.INT32, null);
            Output three = ArrayOps.expandDims(g, Literal.of(3), 0);
            Output out = ArrayOps.tile(g, x, ArrayOps.concat(g, 0, ones, three), scope.operationName());
            Shape s = x.shape();
            if (s.hasRank()) {
                out.refineShape(s.slice(0, s.rank() - 1).concatenate(Shape.of(3)));
            }
            return out;
        }
    }

    /** {@code tf.image.resize_images}: type is ResizeBilinear or ResizeNearestNeighbor. */
    public static Output resize(Graph g, Operand images, Operand size, String type, boolean alignCorners, String name) {
        try (NameScope scope = g.nameScope(name == null ? "resize" : name)) {
            Output x = images.toOutput(g, null, null, "images");
            Shape s = x.shape();
            if (!s.hasRank()) {
                throw NnError.value("'images' contains no shape.");
            }
            if (s.rank() != 3 && s.rank() != 4) {
                throw NnError.value("'images' must have either 3 or 4 dimensions.");
            }
            boolean single = s.rank() == 3;
            Output batch = single ? ArrayOps.expandDims(g, x, 0) : x;
            Output to = size.toOutput(g, DType.INT32, null, "size");
            Shape wanted = ConstantValue.asShape(to);
            Shape now = batch.shape();
            boolean same = wanted.hasRank() && wanted.isFullyDefined() && now.dim(1) == wanted.dim(0) && now.dim(2) == wanted.dim(1);
            if (!same) {
                batch = g.op(type).input(batch).input(to).attr("align_corners", alignCorners).output();
            }
            return single ? ArrayOps.squeeze(g, batch, 0) : batch;
        }
    }
}
