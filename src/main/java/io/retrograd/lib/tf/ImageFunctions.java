package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.ControlFlow;
import io.retrograd.graph.build.ImageOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.RandomOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code tf.image}: images decoded, resized, cropped, flipped, and with other colours. */
final class ImageFunctions {
    private ImageFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Operand of(Machine m, Object value) {
        return Operands.of(m, value);
    }

    // Files

    @Builtin(value = {"image.decode_png", "io.decode_png"}, signature = "contents, channels=0, dtype=None, name=None", doc = "The pixels of a PNG file.", shapes = "(height, width, channels)")
    static Object decodePng(Machine m, Object contents, Object channels, Object dtype, String name) {
        return Tensors.wrap(graph(m).op("DecodePng").name(name).input(of(m, contents)).attr("channels", channels(m, channels))
                .attr("dtype", Dims.type(m, dtype, DType.UINT8)).output());
    }

    private static long channels(Machine m, Object channels) {
        return channels == None.NONE ? 0 : Semantics.index(m, channels);
    }

    @Builtin(
            value = {"image.decode_jpeg", "io.decode_jpeg"},
            signature = "contents, channels=0, *args, name=None, **kwargs",
            doc = "The pixels of a JPEG file, or of one of another kind.",
            shapes = "(height, width, channels)")
    static Object decodeJpeg(Machine m, Object contents, Object channels, Object[] more, String name, Map<String, Object> settings) {
        return Tensors.wrap(graph(m).op("DecodeJpeg").name(name).input(of(m, contents)).attr("channels", channels(m, channels)).output());
    }

    @Builtin(
            value = {"image.decode_image", "io.decode_image"},
            signature = "contents, channels=None, dtype=None, name=None, expand_animations=True",
            doc = "The pixels of a PNG, JPEG, GIF or BMP file.",
            shapes = "(height, width, channels)")
    static Object decodeImage(Machine m, Object contents, Object channels, Object type, String name, Object expand) {
        Object pixels = decodeJpeg(m, contents, channels == None.NONE ? (Object) 0L : channels, new Object[0], name, Map.of());
        return type == None.NONE || DTypeValue.convert(m, type) == DType.UINT8 ? pixels : convertType(m, pixels, type, false, null);
    }

    @Builtin(value = {"image.encode_png"}, signature = "image, compression=-1, name=None", doc = "The image as a PNG file.")
    static Object encodePng(Machine m, Object image, long compression, String name) {
        return Tensors.wrap(graph(m).op("EncodePng").name(name).input(of(m, image)).attr("compression", compression).output());
    }

    @Builtin(value = {"image.encode_jpeg", "io.encode_jpeg"}, signature = "image, format='', quality=95, *args, name=None, **kwargs", doc = "The image as a JPEG file.")
    static Object encodeJpeg(Machine m, Object image, String format, long quality, Object[] more, String name, Map<String, Object> settings) {
        return Tensors.wrap(graph(m).op("EncodeJpeg").name(name).input(of(m, image)).attr("format", format).attr("quality", quality).output());
    }

    // Sizes

    @Builtin(
            value = {"image.resize_images", "image.resize"},
            signature = "images, size, method=0, align_corners=False, preserve_aspect_ratio=False, name=None",
            doc = "Images of another size: method 0 interpolates, 1 takes nearest neighbours, 2 is cubic, 3 takes means of areas.",
            shapes = "(b, h, w, c) -> (b, size[0], size[1], c)",
            gradient = "dimages = dy given back to the pixels it was mixed from")
    static Object resizeImages(Machine m, Object images, Object size, Object method, Object align, Object keep, String name) {
        long how = method == None.NONE ? 0 : Semantics.index(m, method);
        if (how < 0 || how > 3) {
            throw NnError.value("Resize method is not implemented.");
        }
        String type = new String[] {"ResizeBilinear", "ResizeNearestNeighbor", "ResizeBicubic", "ResizeArea"}[(int) how];
        Output x = of(m, images).toOutput(graph(m), null, null, "images");
        Operand to = Semantics.truth(m, keep) ? inProportion(m, x, of(m, size).toOutput(graph(m), DType.INT32, null, "size")) : of(m, size);
        return Tensors.wrap(ImageOps.resize(graph(m), x, to, type, Semantics.truth(m, align), name));
    }

    /** The largest size within the wanted one that keeps the picture's proportions. */
    private static Operand inProportion(Machine m, Output images, Output size) {
        Shape wanted = ConstantValue.asShape(size);
        Shape s = images.shape();
        boolean known = s.hasRank() && s.rank() >= 3 && s.dim(-3) != Shape.UNKNOWN && s.dim(-2) != Shape.UNKNOWN && wanted.isFullyDefined();
        if (!known) {
            throw NnError.value("preserve_aspect_ratio needs pictures and a size whose height and width are known here, got " + s + " and " + wanted);
        }
        float scale = Math.min((float) wanted.dim(0) / s.dim(-3), (float) wanted.dim(1) / s.dim(-2));
        return Literal.ofInts((int) Math.rint(scale * s.dim(-3)), (int) Math.rint(scale * s.dim(-2)));
    }

    @Builtin(value = "image.resize_bilinear", signature = "images, size, align_corners=False, name=None, half_pixel_centers=False", doc = "A batch of images of another size, interpolated.",
            shapes = "(b, h, w, c) -> (b, size[0], size[1], c)",
            gradient = "dimages = dy given back to the four pixels it was mixed from")
    static Object resizeBilinear(Machine m, Object images, Object size, boolean align, String name, Object centers) {
        return Tensors.wrap(graph(m).op("ResizeBilinear").name(name).input(of(m, images)).input(of(m, size)).attr("align_corners", align)
                .attr("half_pixel_centers", Semantics.truth(m, centers)).output());
    }

    @Builtin(value = "image.resize_nearest_neighbor", signature = "images, size, align_corners=False, name=None, half_pixel_centers=False", doc = "A batch of images of another size, from nearest neighbours.",
            shapes = "(b, h, w, c) -> (b, size[0], size[1], c)",
            gradient = "dimages = the sum of dy over the copies of a pixel")
    static Object resizeNearest(Machine m, Object images, Object size, boolean align, String name, Object centers) {
        return Tensors.wrap(graph(m).op("ResizeNearestNeighbor").name(name).input(of(m, images)).input(of(m, size)).attr("align_corners", align)
                .attr("half_pixel_centers", Semantics.truth(m, centers)).output());
    }

    @Builtin(value = {"random_crop", "image.random_crop"}, signature = "value, size, seed=None, name=None", doc = "A block of that size from a random place.")
    static Object randomCrop(Machine m, Object value, Object size, Object seed, String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "random_crop" : name)) {
            Output x = of(m, value).toOutput(g, null, null, "value");
            Output want = of(m, size).toOutput(g, DType.INT32, null, "size");
            Output shape = Shapes.shape(g, x, null);
            Output fits = MathOps.reduce(g, "All", MathOps.binary(g, "GreaterEqual", shape, want, null), null, false, null);
            Operand text = of(m, "Need value.shape >= size, got ");
            var check = ControlFlow.assertTrue(g, fits, List.of(text, shape, want), 1000L, null);
            shape = ControlFlow.withDependencies(g, List.of(check), shape, null);
            Output limit = MathOps.plus(g, MathOps.minus(g, shape, want), Literal.of(1));
            Output drawn = RandomOps.uniform(g, Shapes.shape(g, shape, null), Literal.of(0), Literal.of(Integer.MAX_VALUE),
                    DType.INT32, Dims.seed(m, seed), null);
            Output offset = MathOps.operator(g, "mod", drawn, limit);
            return Tensors.wrap(g.op("Slice").name(scope.operationName()).input(x).input(offset).input(want).output());
        }
    }

    @Builtin(
            value = {"image.extract_image_patches", "extract_image_patches"},
            signature = "images, ksizes=None, strides=None, rates=None, padding=None, name=None, sizes=None",
            doc = "Patches of the images, each flattened into the depth.",
            gradient = "dimages = the sum of dy over the patches that a pixel is in")
    static Object patches(Machine m, Object images, Object ksizes, Object strides, Object rates, String padding, String name, Object sizes) {
        return Tensors.wrap(graph(m).op("ExtractImagePatches").name(name).input(of(m, images))
                .attr("ksizes", Dims.attribute(m, Dims.either("sizes", sizes, "ksizes", ksizes)))
                .attr("strides", Dims.attribute(m, strides)).attr("rates", Dims.attribute(m, rates)).attr("padding", padding).output());
    }

    // Flips

    @Builtin(value = "image.flip_left_right", signature = "image", doc = "The image mirrored, left to right.",
            shapes = "the shape of its operand stays", gradient = "dx = flip(dy)")
    static Object flipLeftRight(Machine m, Object image) {
        return Tensors.wrap(ImageOps.flip(graph(m), of(m, image), 1, "flip_left_right"));
    }

    @Builtin(value = "image.flip_up_down", signature = "image", doc = "The image upside down.",
            shapes = "the shape of its operand stays", gradient = "dx = flip(dy)")
    static Object flipUpDown(Machine m, Object image) {
        return Tensors.wrap(ImageOps.flip(graph(m), of(m, image), 0, "flip_up_down"));
    }

    @Builtin(value = "image.random_flip_left_right", signature = "image, seed=None", doc = "The image mirrored with a chance of one half.")
    static Object randomFlipLeftRight(Machine m, Object image, Object seed) {
        return randomFlip(m, image, 1, seed, "random_flip_left_right");
    }

    @Builtin(value = "image.random_flip_up_down", signature = "image, seed=None", doc = "The image upside down with a chance of one half.")
    static Object randomFlipUpDown(Machine m, Object image, Object seed) {
        return randomFlip(m, image, 0, seed, "random_flip_up_down");
    }

    private static Object randomFlip(Machine m, Object image, int dimension, Object seed, String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name)) {
            Output x = of(m, image).toOutput(g, null, null, "image");
            if (x.shape().hasRank() && x.shape().rank() == 4) {
                return Tensors.wrap(ImageOps.randomFlipBatch(g, x, dimension, Dims.seed(m, seed)));
            }
            Output chance = RandomOps.uniform(
                    g, of(m, ListValue.of()), Literal.of(0), Literal.of(1.0), DType.FLOAT32, Dims.seed(m, seed), null);
            Output mirror = MathOps.binary(g, "Less", chance, Literal.of(0.5), null);
            Output out = ControlFlow.cond(
                            g,
                            mirror,
                            context -> List.of(context.result(
                                    g.op("ReverseV2").input(x).input(Literal.ofInts(dimension)).output())),
                            context -> List.of(context.result(x)),
                            scope.operationName())
                    .get(0);
            out.refineShape(x.shape());
            return Tensors.wrap(out);
        }
    }

    @Builtin(value = {"image.transpose_image", "image.transpose"}, signature = "image, name=None", doc = "Height and width exchanged.")
    static Object transposeImage(Machine m, Object image, String name) {
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "transpose" : name)) {
            Output x = of(m, image).toOutput(g, null, null, "image");
            boolean batch = x.shape().hasRank() && x.shape().rank() == 4;
            Operand perm = batch ? Literal.ofInts(0, 2, 1, 3) : Literal.ofInts(1, 0, 2);
            return Tensors.wrap(ArrayOps.transpose(g, x, perm, false, scope.operationName()));
        }
    }

    // Colours

    @Builtin(value = "image.convert_image_dtype", signature = "image, dtype, saturate=False, name=None", doc = "The image in another type: floats from 0 to 1, integers over their whole range.")
    static Object convertType(Machine m, Object image, Object dtype, boolean saturate, String name) {
        return Tensors.wrap(ImageOps.convertType(graph(m), of(m, image), DTypeValue.convert(m, dtype), saturate, name));
    }

    @Builtin(value = "image.rgb_to_grayscale", signature = "images, name=None", doc = "Colours as grey values.",
            gradient = "dimages = dy * the weight of the channel", shapes = "(..., 3) -> (..., 1)")
    static Object grey(Machine m, Object images, String name) {
        return Tensors.wrap(ImageOps.grey(graph(m), of(m, images), name));
    }

    @Builtin(value = "image.grayscale_to_rgb", signature = "images, name=None", doc = "Grey values as colours.",
            gradient = "dimages = the sum of dy over the channels", shapes = "(..., 1) -> (..., 3)")
    static Object rgb(Machine m, Object images, String name) {
        return Tensors.wrap(ImageOps.rgb(graph(m), of(m, images), name));
    }

    @Builtin(value = {"image.per_image_standardization", "image.per_image_whitening"}, signature = "image", doc = "The image with mean 0 and deviation 1.",
            shapes = "the shape of its operand stays",
            gradient = "dx = (dy - mean(dy) - y * mean(dy * y)) / sigma")
    static Object standardize(Machine m, Object image) {
        return Tensors.wrap(ImageOps.standardize(graph(m), of(m, image)));
    }

    @Builtin(value = "image.adjust_brightness", signature = "image, delta", doc = "The image, brighter by delta.",
            shapes = "the shape of its operand stays",
            gradient = "dimage = dy")
    static Object brightness(Machine m, Object image, Object delta) {
        return Tensors.wrap(ImageOps.brightness(graph(m), of(m, image), of(m, delta)));
    }

    @Builtin(value = "image.random_brightness", signature = "image, max_delta, seed=None", doc = "The image, brighter or darker by chance.")
    static Object randomBrightness(Machine m, Object image, double most, Object seed) {
        if (most < 0) {
            throw NnError.value("max_delta must be non-negative.");
        }
        return Tensors.wrap(ImageOps.brightness(graph(m), of(m, image), between(m, -most, most, seed)));
    }

    private static Output between(Machine m, double low, double high, Object seed) {
        return RandomOps.uniform(graph(m), of(m, ListValue.of()), Literal.of(low), Literal.of(high),
                DType.FLOAT32, Dims.seed(m, seed), null);
    }

    @Builtin(value = "image.adjust_contrast", signature = "images, contrast_factor", doc = "Each channel's distance from its mean, times a factor.")
    static Object contrast(Machine m, Object images, Object factor) {
        return Tensors.wrap(ImageOps.contrast(graph(m), of(m, images), of(m, factor)));
    }

    @Builtin(value = "image.random_contrast", signature = "image, lower, upper, seed=None", doc = "The image with a contrast by chance.")
    static Object randomContrast(Machine m, Object image, double lower, double upper, Object seed) {
        if (upper <= lower) {
            throw NnError.value("upper must be > lower.");
        }
        if (lower < 0) {
            throw NnError.value("lower must be non-negative.");
        }
        return Tensors.wrap(ImageOps.contrast(graph(m), of(m, image), between(m, lower, upper, seed)));
    }
}
