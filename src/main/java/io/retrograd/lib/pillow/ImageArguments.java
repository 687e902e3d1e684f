package io.retrograd.lib.pillow;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.kernel.Resample;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.limit.Budget;
import io.retrograd.plot.Colors;
import java.awt.Color;
import java.util.Arrays;

/** What scripts say to a picture's methods: sizes, boxes, colours, filters. */
final class ImageArguments {
    static final long MOST_PIXELS = 1 << 28;

    private static final String[] FILTERS = {
        "Image.Resampling.NEAREST (0)", "Image.Resampling.LANCZOS (1)", "Image.Resampling.BILINEAR (2)",
        "Image.Resampling.BICUBIC (3)", "Image.Resampling.BOX (4)", "Image.Resampling.HAMMING (5)"
    };

    private ImageArguments() {}

    /** A size: so many pixels that their bytes fit an array. */
    static int[] pair(Machine m, Object value) {
        Object[] two = Semantics.elements(m, value);
        if (two.length != 2) {
            throw NnError.value("Size must be a sequence of length 2");
        }
        long w = Semantics.index(m, two[0]);
        long h = Semantics.index(m, two[1]);
        if (w < 0 || h < 0) {
            throw NnError.value("Width and height must be >= 0");
        }
        if (w > MOST_PIXELS || h > MOST_PIXELS || w * h > MOST_PIXELS) {
            Budget.require(Long.MAX_VALUE);
            throw new NnError(ErrorKind.MEMORY_ERROR, "");
        }
        Budget.require(w * h * Double.BYTES);
        return new int[] {(int) w, (int) h};
    }

    /** A colour as scripts give it: a number, a tuple, a name. */
    static double[] color(Machine m, String mode, Object given) {
        int channels = Pixels.channels(mode);
        double[] values = new double[channels];
        if (given instanceof String name) {
            Color c = Colors.named(name).orElseThrow(() -> NnError.value("unknown color specifier: " + Semantics.repr(m, name)));
            if (channels <= 2) {
                values[0] = c.getRed() * 19595 + c.getGreen() * 38470 + c.getBlue() * 7471 + 0x8000 >> 16;
            } else {
                values[0] = c.getRed();
                values[1] = c.getGreen();
                values[2] = c.getBlue();
            }
            if (channels % 2 == 0) {
                values[channels - 1] = 255;
            }
            return values;
        }
        if (given instanceof TupleValue || given instanceof ListValue) {
            Object[] each = Semantics.elements(m, given);
            if (each.length != channels && !(each.length == 3 && channels == 4)) {
                throw NnError.type("color must be int or tuple of " + channels + " numbers");
            }
            values[channels - 1] = 255;
            for (int c = 0; c < each.length; c++) {
                values[c] = Semantics.real(m, each[c]);
            }
            return values;
        }
        if (given == None.NONE) {
            return values;
        }
        double v = Semantics.real(m, given);
        long bits = (long) v;
        values[0] = channels > 2 ? bits & 0xff : mode.equals("1") ? v != 0 ? 255 : 0 : v;
        for (int c = 1; c < channels; c++) {
            values[c] = channels == 2 ? 255 : bits >> 8 * c & 0xff;
        }
        return values;
    }

    static Resample.Filter filter(Object resample) {
        long n = resample instanceof Long l ? l : 3;
        if (n < 0 || n > 5) {
            throw NnError.value("Unknown resampling filter (" + n + "). Use " + String.join(", ", Arrays.copyOf(FILTERS, 5))
                    + " or " + FILTERS[5]);
        }
        return switch ((int) n) {
            case 1 -> Resample.Filter.LANCZOS;
            case 2 -> Resample.Filter.BILINEAR;
            case 3 -> Resample.Filter.BICUBIC;
            case 4 -> Resample.Filter.BOX;
            case 5 -> Resample.Filter.HAMMING;
            default -> null;
        };
    }

    static int[] box(Machine m, Object box) {
        Object[] each = Semantics.elements(m, box);
        int[] b = new int[each.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = (int) Math.rint(Semantics.real(m, each[i]));
        }
        return b;
    }
}
