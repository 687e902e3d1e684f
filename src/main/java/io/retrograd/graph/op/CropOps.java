package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.Crops;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** Boxes cut out of pictures and resized, with both derivatives. */
final class CropOps {
    private CropOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "CropAndResize" -> new Crop();
            case "CropAndResizeGradImage" -> new CropGradImage();
            case "CropAndResizeGradBoxes" -> new CropGradBoxes();
            default -> null;
        };
    }

    private static void checkIndices(NdArray indices, int batch) {
        for (int i = 0; i < indices.size(); i++) {
            if (indices.getInt(i) < 0 || indices.getInt(i) >= batch) {
                throw new NnError(ErrorKind.OUT_OF_RANGE_ERROR, "box_index has values outside [0, batch_size)");
            }
        }
    }

    /** Boxes of pictures, each brought to one size. */
    static final class Crop extends OpDef {
        Crop() {
            super("CropAndResize", "image: T, boxes: float, box_ind: int32, crop_size: int32", "crops: float",
                    "T: uint8|uint16|int8|int16|int32|int64|half|float|double", "method: string = bilinear", "extrapolation_value: float = 0");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape image = c.withRank(0, 4);
            Shape boxes = c.withRank(1, 2);
            c.withRank(2, 1);
            Shape size = c.constantAsShape(3);
            boolean known = size.hasRank() && size.rank() == 2;
            c.output(0, Shape.of(boxes.dim(0), known ? size.dim(0) : Shape.UNKNOWN, known ? size.dim(1) : Shape.UNKNOWN, image.dim(3)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray image = k.input(0);
            NdArray boxes = k.input(1);
            if (image.rank() != 4) {
                throw NnError.invalidArgument("input image must be 4-D" + Broadcast.brackets(image.shape()));
            }
            if (boxes.rank() != 2 || boxes.dim(1) != 4) {
                throw NnError.invalidArgument(boxes.rank() != 2 ? "boxes must be 2-D" + Broadcast.brackets(boxes.shape()) : "boxes must have 4 columns");
            }
            int height = k.input(3).getInt(0);
            int width = k.input(3).getInt(1);
            if (height <= 0 || width <= 0) {
                throw NnError.invalidArgument("crop dimensions must be positive");
            }
            checkIndices(k.input(2), image.dim(0));
            NdArray out = k.output(0, boxes.dim(0), height, width, image.dim(3));
            Crops.forward(image, boxes, k.input(2), k.operation().attribute("method").equals("nearest"),
                    k.operation().<Float>attribute("extrapolation_value"), out);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Shape s = g.input(0).shape();
            Operand shape = s.isFullyDefined() ? Literal.ofInts(s.toInts()) : Shapes.shape(g.graph(), g.input(0), null);
            DType type = g.input(0).dtype();
            Gradient image = type == DType.FLOAT16 || type == DType.FLOAT32 || type == DType.FLOAT64
                    ? g.op("CropAndResizeGradImage").input(g.dense()).input(g.input(1)).input(g.input(2)).input(shape)
                            .attr("T", type).attr("method", g.operation().attribute("method")).output()
                    : null;
            Gradient boxes = g.op("CropAndResizeGradBoxes").input(g.dense()).input(g.input(0)).input(g.input(1)).input(g.input(2)).output();
            return new Gradient[] {image, boxes, null, null};
        }
    }

    static final class CropGradImage extends OpDef {
        CropGradImage() {
            super("CropAndResizeGradImage", "grads: float, boxes: float, box_ind: int32, image_size: int32", "output: T",
                    "T: float|half|double", "method: string = bilinear");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape s = c.constantAsShape(3);
            c.output(0, s.hasRank() ? s : Shape.unknownOfRank(4));
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = k.input(3).toInts();
            checkIndices(k.input(2), shape[0]);
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            Crops.backToImage(k.input(0), k.input(1), k.input(2), k.operation().attribute("method").equals("nearest"), out);
        }
    }

    static final class CropGradBoxes extends OpDef {
        CropGradBoxes() {
            super("CropAndResizeGradBoxes", "grads: float, image: T, boxes: float, box_ind: int32", "output: float",
                    "T: uint8|uint16|int8|int16|int32|int64|half|float|double", "method: string = bilinear");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(2));
        }

        @Override
        public void compute(KernelContext k) {
            checkIndices(k.input(3), k.input(1).dim(0));
            NdArray out = k.output(0, k.input(2).shape());
            Blocks.clear(out);
            Crops.backToBoxes(k.input(0), k.input(1), k.input(2), k.input(3), out);
        }
    }
}
