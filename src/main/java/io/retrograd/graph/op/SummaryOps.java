package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.format.Png;
import io.retrograd.format.SummaryMessage;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values as Summary messages for TensorBoard. */
final class SummaryOps {
    private static final String REAL = "T: float|double|int32|uint8|int16|int8|int64|half|uint16";

    private SummaryOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "ScalarSummary" -> new ScalarSummary();
            case "HistogramSummary" -> new HistogramSummary();
            case "ImageSummary" -> new ImageSummary();
            case "MergeSummary" -> new MergeSummary();
            case "TensorSummaryV2" -> new TensorSummary();
            default -> null;
        };
    }

    private static String tag(NdArray tags, int i) {
        return new String((byte[]) tags.getObject(i), StandardCharsets.UTF_8);
    }

    private static void answer(KernelContext k, byte[] message) {
        k.forward(0, NdArray.scalar(message));
    }

    private abstract static class Summary extends OpDef {
        Summary(String type, String inputs, String... attributes) {
            super(type, inputs, "summary: string", attributes);
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.scalar());
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class ScalarSummary extends Summary {
        ScalarSummary() {
            super("ScalarSummary", "tags: string, values: T", REAL);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray tags = k.input(0);
            NdArray values = k.input(1);
            if (tags.size() != values.size() && !(tags.rank() == 0 && values.size() == 1)) {
                throw NnError.invalidArgument("tags and values not the same shape: " + Shape.of(tags.shape()).toBrackets()
                        + " != " + Shape.of(values.shape()).toBrackets() + " (tag '" + tag(tags, 0) + "')");
            }
            SummaryMessage message = new SummaryMessage();
            for (int i = 0; i < tags.size(); i++) {
                message.scalar(tag(tags, i), values.getFloat(i));
            }
            answer(k, message.toBytes());
        }
    }

    static final class HistogramSummary extends Summary {
        HistogramSummary() {
            super("HistogramSummary", "tag: string, values: T", REAL + " = float");
        }

        @Override
        public void compute(KernelContext k) {
            String tag = tag(k.input(0), 0);
            double[] values = new double[k.input(1).size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = k.input(1).getDouble(i);
                if (Double.isNaN(values[i])) {
                    throw NnError.invalidArgument("Nan in summary histogram for: " + k.operation().name());
                }
                if (Double.isInfinite(values[i])) {
                    throw NnError.invalidArgument("Infinity in summary histogram for: " + k.operation().name());
                }
            }
            answer(k, new SummaryMessage().histogram(tag, values).toBytes());
        }
    }

    static final class ImageSummary extends Summary {
        ImageSummary() {
            super("ImageSummary", "tag: string, tensor: T", "max_images: int = 3", "T: uint8|float|half|double = float");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 4);
            c.output(0, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            NdArray images = k.input(1);
            int channels = images.dim(3);
            if (channels != 1 && channels != 3 && channels != 4) {
                throw NnError.invalidArgument("Tensor must be 4-D with last dim 1, 3, or 4, not "
                        + Shape.of(images.shape()).toBrackets());
            }
            int most = (int) Math.min(images.dim(0), k.operation().intAttribute("max_images"));
            boolean alone = k.operation().intAttribute("max_images") == 1;
            SummaryMessage message = new SummaryMessage();
            String tag = tag(k.input(0), 0);
            for (int i = 0; i < most; i++) {
                byte[] pixels = bytes(images.at(0, i).contiguous());
                byte[] png = Png.encode(pixels, images.dim(1), images.dim(2), channels);
                message.image(tag + (alone ? "/image" : "/image/" + i), images.dim(1), images.dim(2), channels, png);
            }
            answer(k, message.toBytes());
        }

        /** Floats are scaled so that the largest, or zero at the middle where some are negative, fits a byte. */
        private static byte[] bytes(NdArray image) {
            byte[] pixels = new byte[image.size()];
            if (image.dtype() == DType.UINT8) {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) image.getLong(i);
                }
                return pixels;
            }
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < pixels.length; i++) {
                double v = image.getDouble(i);
                if (!Double.isNaN(v) && !Double.isInfinite(v)) {
                    least = Math.min(least, v);
                    most = Math.max(most, v);
                }
            }
            boolean signed = least < 0;
            double largest = Math.max(Math.abs(least), Math.abs(most));
            double scale = largest < 1e-8 ? 0 : (signed ? 127 : 255) / largest;
            double offset = signed ? 128 : 0;
            for (int i = 0; i < pixels.length; i++) {
                double v = image.getDouble(i);
                pixels[i] = (byte) (Double.isNaN(v) || Double.isInfinite(v) ? 255 : (int) (v * scale + offset));
            }
            return pixels;
        }
    }

    /** A whole tensor, which a plugin of TensorBoard shows. */
    static final class TensorSummary extends Summary {
        TensorSummary() {
            super("TensorSummaryV2", "tag: string, tensor: T, serialized_summary_metadata: string", "T: type");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray x = k.input(1);
            byte[] metadata = (byte[]) k.input(2).getObject(0);
            byte[][] strings = null;
            byte[] content = null;
            if (x.dtype() == DType.STRING) {
                strings = new byte[x.size()][];
                for (int i = 0; i < strings.length; i++) {
                    strings[i] = (byte[]) x.getObject(i);
                }
            } else {
                content = numbers(x);
            }
            answer(k, new SummaryMessage().tensor(tag(k.input(0), 0), x.dtype().tfNumber(), x.shape(), strings, content, metadata).toBytes());
        }

        private static byte[] numbers(NdArray x) {
            ByteBuffer b = ByteBuffer.allocate(x.size() * x.dtype().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < x.size(); i++) {
                switch (x.dtype()) {
                    case FLOAT32 -> b.putFloat(x.getFloat(i));
                    case FLOAT64 -> b.putDouble(x.getDouble(i));
                    case INT32 -> b.putInt(x.getInt(i));
                    case INT64 -> b.putLong(x.getLong(i));
                    case UINT8, INT8, BOOL -> b.put((byte) x.getLong(i));
                    default -> throw NnError.invalidArgument("a summary of " + x.dtype().tfName() + " is not offered");
                }
            }
            return b.array();
        }
    }

    static final class MergeSummary extends Summary {
        MergeSummary() {
            super("MergeSummary", "inputs: N * string", "N: int");
        }

        @Override
        public void compute(KernelContext k) {
            List<byte[]> messages = new ArrayList<>();
            for (int i = 0; i < k.inputCount(); i++) {
                for (int j = 0; j < k.input(i).size(); j++) {
                    messages.add((byte[]) k.input(i).getObject(j));
                }
            }
            answer(k, SummaryMessage.merge(messages));
        }
    }
}
