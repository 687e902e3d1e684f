package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Window;
import io.retrograd.tensor.Shape;
import java.util.List;

/**
 * How an operation's attributes let a window slide over images: strides, dilations and padding by the names of the
 * dimensions, in either data format.
 */
final class Sliding {
    private final Operation op;
    private final String format;

    Sliding(Operation op) {
        this.op = op;
        Object given = op.attributes().get("data_format");
        this.format = given == null ? "NHWC" : (String) given;
    }

    /** Index of the dimension N, H, W or C. */
    int axis(char dimension) {
        return format.indexOf(dimension);
    }

    boolean isChannelsLast() {
        return format.equals("NHWC");
    }

    String format() {
        return format;
    }

    boolean isSame() {
        return "SAME".equals(op.attribute("padding"));
    }

    /** The entry of a list attribute that belongs to the dimension; 1 where the operation has no such attribute. */
    int of(String attribute, char dimension) {
        List<?> list = op.attribute(attribute);
        return list == null ? 1 : ((Number) list.get(axis(dimension))).intValue();
    }

    /** The window over dimension H or W. */
    Window window(char dimension, int in, int size) {
        int stride = of("strides", dimension);
        int dilation = of("dilations", dimension);
        if ("EXPLICIT".equals(op.attribute("padding"))) {
            List<?> pads = op.attribute("explicit_paddings");
            int at = 2 * axis(dimension);
            return Window.padded(in, size, stride, dilation, ((Number) pads.get(at)).intValue(),
                    ((Number) pads.get(at + 1)).intValue());
        }
        return Window.of(in, size, stride, dilation, isSame());
    }

    /** The lists that the shape rules of convolutions and pools ask to have four entries. */
    void requireFour(ShapeContext c, String operation, String attribute, String called) {
        List<?> list = op.attribute(attribute);
        if (list.size() != 4) {
            throw c.invalid(operation + " requires the " + called + " attribute to contain 4 values, but got: " + list.size());
        }
    }

    /** The static size of dimension H or W after the window went over it. */
    int outputSize(ShapeContext c, char dimension, int in, int size) {
        int stride = of("strides", dimension);
        int dilation = of("dilations", dimension);
        if (stride <= 0) {
            throw c.invalid("Stride must be > 0, but got " + stride);
        }
        if (dilation < 1) {
            throw c.invalid("Dilation rate must be >= 1, but got " + dilation);
        }
        if (in == Shape.UNKNOWN || size == Shape.UNKNOWN && !isSame()) {
            return Shape.UNKNOWN;
        }
        if (isSame()) {
            return (in + stride - 1) / stride;
        }
        int effective = (size - 1) * dilation + 1;
        int padded = in;
        if ("EXPLICIT".equals(op.attribute("padding"))) {
            Window w = window(dimension, in, size);
            return w.out();
        }
        if (padded < effective) {
            throw c.invalid("Negative dimension size caused by subtracting " + effective + " from " + padded);
        }
        return (padded - effective) / stride + 1;
    }

    /** The error of a kernel that the CPU lacks. */
    static NnError unimplemented(String message) {
        return new NnError(ErrorKind.UNIMPLEMENTED_ERROR, message);
    }
}
