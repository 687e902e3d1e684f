package io.retrograd.lib.pillow;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.format.Picture;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code PIL.Image}'s functions: images from files, from arrays and from nothing; and some of {@code ImageOps}. */
final class ImageFunctions {
    private ImageFunctions() {}

    @Builtin(value = "Image.open", signature = "fp, mode='r', formats=None", doc = "The image in a PNG, JPEG, GIF or BMP file.", example = "img = Image.open('7.png').resize((28, 28), Image.ANTIALIAS).convert('L')")
    static Object open(Machine m, Object file, String mode, Object formats) {
        String name = null;
        byte[] content;
        if (file instanceof String s) {
            name = s;
            Path path = m.world().files().readable(s);
            if (!Files.exists(path)) {
                throw new NnError(ErrorKind.FILE_NOT_FOUND_ERROR, "[Errno 2] No such file or directory: " + Semantics.repr(m, s));
            }
            if (Files.isDirectory(path)) {
                throw new NnError(ErrorKind.IS_A_DIRECTORY_ERROR, "[Errno 21] Is a directory: " + Semantics.repr(m, s));
            }
            try {
                content = Files.readAllBytes(path);
            } catch (IOException e) {
                throw new NnError(ErrorKind.OS_ERROR, e.getMessage());
            }
        } else {
            Object read = Semantics.call(m, Semantics.attribute(m, file, "read"));
            if (!(read instanceof BytesValue b)) {
                throw NnError.type("a file opened in binary mode is needed ('rb')");
            }
            content = b.bytes();
        }
        try {
            Picture picture = Picture.read(content);
            return new ImageValue(Pixels.of(picture), picture.format(), name == null ? "" : name);
        } catch (IOException notOne) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot identify image file "
                    + Semantics.repr(m, name == null ? Semantics.repr(m, file) : name));
        }
    }

    @Builtin(value = "Image.fromarray", signature = "obj, mode=None", doc = "An array as an image: uint8 as L, RGB or RGBA, floats as F.")
    static Object fromArray(Machine m, Object array, String mode) {
        if (!(array instanceof ArrayLike a)) {
            throw NnError.attribute("'" + Semantics.typeOf(array).name() + "' object has no attribute '__array_interface__'");
        }
        Pixels pixels = mode != null && Pixels.channels(mode) >= 1 && !hasType(a, mode) ? raw(m, a, mode) : Pixels.of(a.array());
        return new ImageValue(mode != null && !mode.equals(pixels.mode()) ? pixels.convert(mode, false) : pixels, null, "");
    }

    private static boolean hasType(ArrayLike a, String mode) {
        return switch (mode) {
            case "F" -> a.array().dtype() == DType.FLOAT32;
            case "I" -> a.array().dtype() == DType.INT32;
            default -> a.array().dtype() == DType.UINT8;
        };
    }

    /** Pillow takes the array's memory as it is, whatever type its numbers have. */
    private static Pixels raw(Machine m, ArrayLike a, String mode) {
        byte[] memory = ((BytesValue) Semantics.call(m, Semantics.attribute(m, a, "tobytes"))).bytes();
        int h = a.array().dim(0);
        int w = a.array().rank() > 1 ? a.array().dim(1) : 1;
        return fromBytes(mode, w, h, memory);
    }

    private static Pixels fromBytes(String mode, int w, int h, byte[] memory) {
        int n = w * h * Pixels.channels(mode);
        boolean numbers = mode.equals("I") || mode.equals("F");
        if (memory.length < (numbers ? 4L * n : n)) {
            throw NnError.value("not enough image data");
        }
        if (!numbers) {
            return Pixels.ofBytes(mode, w, h, Arrays.copyOf(memory, n));
        }
        ByteBuffer in = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = mode.equals("I") ? in.getInt() : in.getFloat();
        }
        return Pixels.ofNumbers(mode, w, h, out);
    }

    @Builtin(value = "Image.frombytes", signature = "mode, size, data, decoder_name='raw', *args", doc = "An image from the bytes of its pixels.")
    static Object fromBytes(Machine m, String mode, Object size, BytesValue data, Object decoder, Object[] args) {
        int[] wh = ImageArguments.pair(m, size);
        return new ImageValue(fromBytes(mode, wh[0], wh[1], data.bytes()), null, "");
    }

    @Builtin(value = "Image.new", signature = "mode, size, color=0", doc = "An image of one colour.")
    static Object make(Machine m, String mode, Object size, Object color) {
        int[] wh = ImageArguments.pair(m, size);
        int channels = Pixels.channels(mode);
        boolean numbers = mode.equals("I") || mode.equals("F") || mode.equals("I;16");
        Pixels pixels = numbers
                ? Pixels.ofNumbers(mode, wh[0], wh[1], new double[wh[0] * wh[1]])
                : Pixels.ofBytes(mode, wh[0], wh[1], new byte[wh[0] * wh[1] * channels]);
        double[] values = ImageArguments.color(m, mode, color);
        for (int y = 0; y < wh[1]; y++) {
            StopCheck.ask();
            for (int x = 0; x < wh[0]; x++) {
                pixels.set(x, y, values);
            }
        }
        return new ImageValue(pixels, null, "");
    }

    @Builtin(value = "Image.merge", signature = "mode, bands", doc = "Grey images as the channels of one.")
    static Object merge(Machine m, String mode, Object bands) {
        Object[] each = Semantics.elements(m, bands);
        if (each.length != Pixels.channels(mode)) {
            throw NnError.value("wrong number of bands");
        }
        Pixels first = ((ImageValue) each[0]).pixels();
        byte[] out = new byte[first.width() * first.height() * each.length];
        for (int c = 0; c < each.length; c++) {
            Pixels p = ((ImageValue) each[c]).pixels();
            if (p.width() != first.width() || p.height() != first.height()) {
                throw NnError.value("size mismatch");
            }
            for (int i = 0; i < p.bytes().length; i++) {
                out[i * each.length + c] = p.bytes()[i];
            }
        }
        return new ImageValue(Pixels.ofBytes(mode, first.width(), first.height(), out), null, "");
    }

    @Builtin(value = "Image.blend", signature = "im1, im2, alpha", doc = "im1 * (1 - alpha) + im2 * alpha.")
    static Object blend(Machine m, ImageValue a, ImageValue b, double alpha) {
        Pixels p = a.pixels();
        Pixels q = b.pixels();
        if (!p.mode().equals(q.mode()) || p.width() != q.width() || p.height() != q.height()) {
            throw NnError.value("images do not match");
        }
        byte[] out = new byte[p.bytes().length];
        for (int i = 0; i < out.length; i++) {
            float v = (p.bytes()[i] & 0xff) + (float) alpha * ((q.bytes()[i] & 0xff) - (p.bytes()[i] & 0xff));
            out[i] = (byte) Math.max(0, Math.min(255, v));
        }
        return new ImageValue(Pixels.ofBytes(p.mode(), p.width(), p.height(), out), null, "");
    }

    @Builtin(value = "ImageOps.invert", signature = "image", doc = "The negative.")
    static Object invert(Machine m, ImageValue image) {
        Pixels p = image.pixels();
        if (p.isNumbers() || p.mode().equals("P") || p.mode().endsWith("A")) {
            throw new NnError(ErrorKind.OS_ERROR, "not supported for mode " + p.mode());
        }
        byte[] out = p.bytes().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (255 - (out[i] & 0xff));
        }
        return new ImageValue(Pixels.ofBytes(p.mode(), p.width(), p.height(), out), null, "");
    }

    @Builtin(value = "ImageOps.grayscale", signature = "image", doc = "The image in greys.")
    static Object grayscale(Machine m, ImageValue image) {
        return new ImageValue(image.pixels().convert("L", false), null, "");
    }

    @Builtin(value = "ImageOps.mirror", signature = "image", doc = "The image mirrored, left to right.")
    static Object mirror(Machine m, ImageValue image) {
        return new ImageValue(image.pixels().transpose(0), null, "");
    }

    @Builtin(value = "ImageOps.flip", signature = "image", doc = "The image upside down.")
    static Object flip(Machine m, ImageValue image) {
        return new ImageValue(image.pixels().transpose(1), null, "");
    }

    /** The values of a pixel as a script sees them: a number, or a tuple of several. */
    static Object pixel(Pixels p, int i) {
        int n = p.channels();
        if (n == 1) {
            return p.mode().equals("F") ? (Object) p.numbers()[i] : (Object) (long) p.value(i, 0);
        }
        Object[] all = new Object[n];
        for (int c = 0; c < n; c++) {
            all[c] = (long) p.value(i, c);
        }
        return TupleValue.of(all);
    }

    static ListValue data(Pixels p, Object band) {
        Object[] all = new Object[p.width() * p.height()];
        for (int i = 0; i < all.length; i++) {
            all[i] = band == None.NONE ? pixel(p, i) : (Object) (long) p.value(i, (int) (long) (Long) band);
        }
        return ListValue.of(all);
    }
}
