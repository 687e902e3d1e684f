package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.format.Png;
import io.retrograd.format.Raster;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.Interpolation;
import io.retrograd.kernel.Resize;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Images: resized, cut into patches, with other contrast, read from files and written to them. */
final class PixelOps {
    private PixelOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "ResizeBilinear", "ResizeNearestNeighbor" -> new ResizeOp(type);
            case "ResizeBicubic", "ResizeArea" -> new Resample(type);
            case "ResizeBilinearGrad", "ResizeBicubicGrad" -> new MixedGrad(type);
            case "ResizeNearestNeighborGrad" -> new NearestGrad();
            case "AdjustContrastv2" -> new AdjustContrast();
            case "ExtractImagePatches" -> new Patches();
            case "DecodePng", "DecodeJpeg", "DecodeBmp" -> new Decode(type);
            case "EncodePng", "EncodeJpeg" -> new Encode(type);
            default -> null;
        };
    }

    private static Shape resized(ShapeContext c, Shape images, int sizeInput) {
        Shape size = c.constantAsShape(sizeInput);
        int h = size.hasRank() && size.rank() == 2 ? size.dim(0) : Shape.UNKNOWN;
        int w = size.hasRank() && size.rank() == 2 ? size.dim(1) : Shape.UNKNOWN;
        return Shape.of(images.dim(0), h, w, images.dim(3));
    }

    /** The pictures of another size, still to be filled. */
    private static NdArray resized(KernelContext k) {
        NdArray in = k.input(0);
        if (in.rank() != 4) {
            throw NnError.invalidArgument("input must be 4-dimensional" + Broadcast.brackets(in.shape()));
        }
        int h = k.input(1).getInt(0);
        int w = k.input(1).getInt(1);
        if (h <= 0 || w <= 0) {
            throw NnError.invalidArgument("output dimensions must be positive");
        }
        return k.output(0, in.dim(0), h, w, in.dim(3));
    }

    static final class ResizeOp extends OpDef {
        ResizeOp(String type) {
            super(
                    type,
                    "images: T, size: int32",
                    type.equals("ResizeBilinear") ? "resized_images: float" : "resized_images: T",
                    "T: int8|uint8|int16|uint16|int32|int64|bfloat16|half|float|double",
                    "align_corners: bool = false",
                    "half_pixel_centers: bool = false");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, resized(c, c.withRank(0, 4), 1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = resized(k);
            boolean align = k.operation().flag("align_corners");
            boolean centers = k.operation().flag("half_pixel_centers");
            if (align && centers) {
                throw NnError.invalidArgument("If half_pixel_centers is True, align_corners must be False.");
            }
            if (type().equals("ResizeBilinear")) {
                Resize.bilinear(in, out, align, centers);
            } else {
                Resize.nearest(in, out, align, centers);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            boolean align = g.operation().flag("align_corners");
            boolean centers = g.operation().flag("half_pixel_centers");
            if (type().equals("ResizeBilinear")) {
                return new Gradient[] {
                    g.op("ResizeBilinearGrad").input(g.dense()).input(g.input(0)).attr("align_corners", align).attr("half_pixel_centers", centers).output(), null
                };
            }
            Shape image = g.input(0).shape();
            Operand size = image.dim(1) != Shape.UNKNOWN && image.dim(2) != Shape.UNKNOWN
                    ? Literal.ofInts(image.dim(1), image.dim(2))
                    : ArrayOps.range(g.graph(), Shapes.shape(g.graph(), g.input(0), null), 1L, 3L);
            return new Gradient[] {
                g.op("ResizeNearestNeighborGrad").input(g.dense()).input(size).attr("align_corners", align).attr("half_pixel_centers", centers).output(), null
            };
        }
    }

    /** The gradient of a resizing that mixes neighbours, with respect to the picture. */
    static final class MixedGrad extends OpDef {
        MixedGrad(String type) {
            super(
                    type,
                    "grads: float, original_image: T",
                    "output: T",
                    type.equals("ResizeBilinearGrad") ? "T: float|bfloat16|half|double" : "T: float|double",
                    "align_corners: bool = false",
                    "half_pixel_centers: bool = false");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(1).shape());
            Blocks.clear(out);
            boolean align = k.operation().flag("align_corners");
            boolean centers = k.operation().flag("half_pixel_centers");
            if (type().equals("ResizeBilinearGrad")) {
                Resize.bilinearGradient(k.input(0), out, align, centers);
            } else {
                Interpolation.cubicGradient(k.input(0), out, align, centers);
            }
        }
    }

    static final class NearestGrad extends OpDef {
        NearestGrad() {
            super(
                    "ResizeNearestNeighborGrad",
                    "grads: T, size: int32",
                    "output: T",
                    "T: uint8|int8|int32|half|float|double",
                    "align_corners: bool = false",
                    "half_pixel_centers: bool = false");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, resized(c, c.withRank(0, 4), 1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray g = k.input(0);
            NdArray out = k.output(0, g.dim(0), k.input(1).getInt(0), k.input(1).getInt(1), g.dim(3));
            Blocks.clear(out);
            Resize.nearestGradient(g, out, k.operation().flag("align_corners"), k.operation().flag("half_pixel_centers"));
        }
    }

    /** Cubic interpolation, and means of areas. */
    static final class Resample extends OpDef {
        Resample(String type) {
            super(type, "images: T, size: int32", "resized_images: float", attributes(type));
        }

        private static String[] attributes(String type) {
            String types = "T: int8|uint8|int16|uint16|int32|int64|half|float|double";
            return type.equals("ResizeArea")
                    ? new String[] {types, "align_corners: bool = false"}
                    : new String[] {types, "align_corners: bool = false", "half_pixel_centers: bool = false"};
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, resized(c, c.withRank(0, 4), 1));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = resized(k);
            boolean align = k.operation().flag("align_corners");
            if (type().equals("ResizeArea")) {
                Interpolation.area(in, out, align);
            } else {
                Interpolation.cubic(in, out, align, k.operation().flag("half_pixel_centers"));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            DType type = g.input(0).dtype();
            if (type().equals("ResizeArea")) {
                return super.gradient(g);
            }
            if (type != DType.FLOAT32 && type != DType.FLOAT64) {
                return new Gradient[] {null, null};
            }
            return new Gradient[] {
                g.op("ResizeBicubicGrad").input(g.dense()).input(g.input(0)).attr("align_corners", g.operation().flag("align_corners"))
                        .attr("half_pixel_centers", g.operation().flag("half_pixel_centers")).output(),
                null
            };
        }
    }

    static final class AdjustContrast extends OpDef {
        AdjustContrast() {
            super("AdjustContrastv2", "images: T, contrast_factor: float", "output: T", "T: half|float = float");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.withRankAtLeast(0, 3));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = k.output(0, in.shape());
            double factor = k.input(1).getDouble(0);
            int channels = in.dim(-1);
            int area = in.dim(-2) * in.dim(-3);
            int images = area * channels == 0 ? 0 : in.size() / (area * channels);
            for (int b = 0; b < images; b++) {
                for (int c = 0; c < channels; c++) {
                    double sum = 0;
                    for (int p = 0; p < area; p++) {
                        sum += in.getDouble((b * area + p) * channels + c);
                    }
                    double mean = sum / area;
                    for (int p = 0; p < area; p++) {
                        int i = (b * area + p) * channels + c;
                        out.setDouble(i, (in.getDouble(i) - mean) * factor + mean);
                    }
                }
            }
        }
    }

    static final class Patches extends OpDef {
        Patches() {
            super(
                    "ExtractImagePatches",
                    "images: T",
                    "patches: T",
                    "ksizes: list(int)",
                    "strides: list(int)",
                    "rates: list(int)",
                    "T: " + Types.REAL,
                    "padding: string");
        }

        private static int attribute(Operation op, String name, int i) {
            return (int) (long) op.<List<Long>>attribute(name).get(i);
        }

        private static int size(Operation op, int in, int i) {
            int reach = reach(op, i);
            int stride = attribute(op, "strides", i);
            return in == Shape.UNKNOWN ? Shape.UNKNOWN
                    : op.attribute("padding").equals("SAME") ? (in + stride - 1) / stride
                    : Math.max(0, (in - reach + stride) / stride);
        }

        /** Pixels that a patch spans. */
        private static int reach(Operation op, int i) {
            int k = attribute(op, "ksizes", i);
            return k + (k - 1) * (attribute(op, "rates", i) - 1);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 4);
            var op = c.operation();
            int depth = in.dim(3) == Shape.UNKNOWN ? Shape.UNKNOWN
                    : in.dim(3) * attribute(op, "ksizes", 1) * attribute(op, "ksizes", 2);
            c.output(0, Shape.of(in.dim(0), size(op, in.dim(1), 1), size(op, in.dim(2), 2), depth));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            var op = k.operation();
            int kh = attribute(op, "ksizes", 1);
            int kw = attribute(op, "ksizes", 2);
            int oh = size(op, in.dim(1), 1);
            int ow = size(op, in.dim(2), 2);
            int channels = in.dim(3);
            boolean same = op.attribute("padding").equals("SAME");
            int top = same ? Math.max(0, (oh - 1) * attribute(op, "strides", 1) + reach(op, 1) - in.dim(1)) / 2 : 0;
            int left = same ? Math.max(0, (ow - 1) * attribute(op, "strides", 2) + reach(op, 2) - in.dim(2)) / 2 : 0;
            NdArray out = k.output(0, in.dim(0), oh, ow, kh * kw * channels);
            Blocks.clear(out);
            int at = 0;
            for (int b = 0; b < in.dim(0); b++) {
                for (int y = 0; y < oh; y++) {
                    for (int x = 0; x < ow; x++) {
                        for (int i = 0; i < kh; i++) {
                            for (int j = 0; j < kw; j++, at += channels) {
                                int r = y * attribute(op, "strides", 1) - top + i * attribute(op, "rates", 1);
                                int c = x * attribute(op, "strides", 2) - left + j * attribute(op, "rates", 2);
                                if (r >= 0 && r < in.dim(1) && c >= 0 && c < in.dim(2)) {
                                    Blocks.copy(in, ((b * in.dim(1) + r) * in.dim(2) + c) * channels, out, at, channels);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    static final class Decode extends OpDef {
        Decode(String type) {
            super(
                    type,
                    "contents: string",
                    type.equals("DecodePng") ? "image: dtype" : "image: uint8",
                    type.equals("DecodePng")
                            ? new String[] {"channels: int = 0", "dtype: uint8|uint16 = uint8"}
                            : new String[] {"channels: int = 0"});
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 0);
            long channels = c.operation().intAttribute("channels");
            c.output(0, Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, channels == 0 ? Shape.UNKNOWN : (int) channels));
        }

        @Override
        public void compute(KernelContext k) {
            Raster r;
            try {
                r = Raster.decode((byte[]) k.input(0).getObject(0), (int) k.operation().intAttribute("channels"));
            } catch (IOException e) {
                throw NnError.invalidArgument("Invalid " + type().substring(6).toUpperCase(Locale.ROOT)
                        + " data, size " + ((byte[]) k.input(0).getObject(0)).length);
            }
            NdArray bytes = NdArray.wrap(DType.UINT8, r.pixels(), r.height(), r.width(), r.channels());
            k.forward(0, bytes.astype(k.operation().output(0).dtype()));
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Encode extends OpDef {
        Encode(String type) {
            super(
                    type,
                    type.equals("EncodePng") ? "image: T" : "image: uint8",
                    "contents: string",
                    type.equals("EncodePng")
                            ? new String[] {"compression: int = -1", "T: uint8|uint16 = uint8"}
                            : new String[] {"format: string = ", "quality: int = 95"});
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 3);
            c.output(0, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            NdArray image = k.input(0).astype(DType.UINT8);
            if (image.rank() != 3) {
                throw NnError.invalidArgument("image must be 3-dimensional" + Broadcast.brackets(image.shape()));
            }
            int channels = image.dim(2);
            if (channels != 1 && channels != 3 && (channels != 4 || !type().equals("EncodePng"))) {
                throw NnError.invalidArgument("image must have 1, 3 or 4 channels, got " + channels);
            }
            try {
                Raster r = new Raster(image.bytes().clone(), image.dim(0), image.dim(1), channels);
                byte[] file = type().equals("EncodePng")
                        ? Png.encode(r.pixels(), r.height(), r.width(), channels)
                        : r.jpeg();
                k.forward(0, NdArray.scalar(file));
            } catch (IOException e) {
                throw NnError.invalidArgument("image cannot be written: " + e.getMessage());
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
