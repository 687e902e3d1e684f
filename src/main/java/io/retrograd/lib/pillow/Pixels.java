package io.retrograd.lib.pillow;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.format.Picture;
import io.retrograd.kernel.Resample;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/**
 * The pixels of an image in one of Pillow's modes: bytes row by row with their channels together, or numbers for the
 * modes I, F and I;16.
 *
 * @param bytes of the modes 1, L, LA, P, RGB and RGBA, else empty; black and white are 0 and 255
 * @param numbers of the modes I, F and I;16, else empty
 * @param palette colours 0xAARRGGBB of mode P, else empty
 */
record Pixels(String mode, int width, int height, byte[] bytes, double[] numbers, int[] palette) {
    private static final int[] NO_PALETTE = {};

    static Pixels ofBytes(String mode, int width, int height, byte[] bytes) {
        Budget.hold(bytes, bytes.length);
        return new Pixels(mode, width, height, bytes, new double[0], NO_PALETTE);
    }

    static Pixels ofNumbers(String mode, int width, int height, double[] numbers) {
        Budget.hold(numbers, (long) numbers.length * Double.BYTES);
        return new Pixels(mode, width, height, new byte[0], numbers, NO_PALETTE);
    }

    static Pixels of(Picture p) {
        if (p.mode().equals("I;16")) {
            double[] numbers = new double[p.width() * p.height()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (p.samples()[2 * i] & 0xff) << 8 | p.samples()[2 * i + 1] & 0xff;
            }
            return ofNumbers(p.mode(), p.width(), p.height(), numbers);
        }
        return new Pixels(p.mode(), p.width(), p.height(), p.samples(), new double[0], p.palette());
    }

    static int channels(String mode) {
        return switch (mode) {
            case "LA" -> 2;
            case "RGB" -> 3;
            case "RGBA" -> 4;
            case "1", "L", "P", "I", "F", "I;16" -> 1;
            default -> throw NnError.value("unrecognized image mode");
        };
    }

    int channels() {
        return channels(mode);
    }

    boolean isNumbers() {
        return mode.equals("I") || mode.equals("F") || mode.equals("I;16");
    }

    /** The same picture with other bytes, of this size or another. */
    private Pixels with(int w, int h, byte[] changed) {
        return new Pixels(mode, w, h, changed, numbers, palette);
    }

    private int at(int x, int y, int c) {
        return (y * width + x) * channels() + c;
    }

    private static int level(int r, int g, int b) {
        return r * 19595 + g * 38470 + b * 7471 + 0x8000 >> 16;
    }

    private static int clip(double v) {
        return (int) Math.max(0, Math.min(255, v));
    }

    /** Red, green, blue and opacity of a pixel. */
    private int argb(int i) {
        int n = channels();
        return switch (mode) {
            case "P" -> palette[Math.min(palette.length - 1, bytes[i] & 0xff)];
            case "RGB", "RGBA" -> (n == 4 ? bytes[i * n + 3] << 24 : 0xff000000) | (bytes[i * n] & 0xff) << 16
                    | (bytes[i * n + 1] & 0xff) << 8 | bytes[i * n + 2] & 0xff;
            default -> {
                int v = isNumbers() ? clip(numbers[i]) : bytes[i * n] & 0xff;
                int a = mode.equals("LA") ? bytes[i * n + 1] & 0xff : 0xff;
                yield a << 24 | v << 16 | v << 8 | v;
            }
        };
    }

    /** In another mode, as Pillow converts; black and white by spreading the error where {@code dither}. */
    Pixels convert(String to, boolean dither) {
        if (to.equals(mode)) {
            return this;
        }
        int n = width * height;
        boolean grey = !mode.startsWith("RGB") && !mode.equals("P");
        switch (to) {
            case "I", "F" -> {
                double[] out = new double[n];
                for (int i = 0; i < n; i++) {
                    int p = isNumbers() ? 0 : argb(i);
                    double v = isNumbers() ? numbers[i]
                            : grey ? p & 0xff
                            : to.equals("F") ? ((p >> 16 & 0xff) * 299 + (p >> 8 & 0xff) * 587 + (p & 0xff) * 114) / 1000f
                            : level(p >> 16 & 0xff, p >> 8 & 0xff, p & 0xff);
                    out[i] = to.equals("I") ? (double) (long) v : v;
                }
                return ofNumbers(to, width, height, out);
            }
            case "1" -> {
                return ofBytes("1", width, height, dither ? spread() : thresholded());
            }
            case "L", "LA", "RGB", "RGBA" -> {
                int c = channels(to);
                byte[] out = new byte[n * c];
                for (int i = 0; i < n; i++) {
                    int p = argb(i);
                    if (c <= 2) {
                        out[i * c] = (byte) (grey ? p & 0xff : level(p >> 16 & 0xff, p >> 8 & 0xff, p & 0xff));
                    } else {
                        out[i * c] = (byte) (p >> 16);
                        out[i * c + 1] = (byte) (p >> 8);
                        out[i * c + 2] = (byte) p;
                    }
                    if (c % 2 == 0) {
                        out[i * c + c - 1] = (byte) (p >>> 24);
                    }
                }
                return ofBytes(to, width, height, out);
            }
            default -> throw NnError.value("conversion from " + mode + " to " + to + " not supported");
        }
    }

    /** A thousand times the lightness. */
    private int lightness(int i) {
        int p = argb(i);
        boolean colour = mode.startsWith("RGB") || mode.equals("P");
        return colour ? (p >> 16 & 0xff) * 299 + (p >> 8 & 0xff) * 587 + (p & 0xff) * 114 : (p & 0xff) * 1000;
    }

    private byte[] thresholded() {
        byte[] out = new byte[width * height];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (lightness(i) >= 128000 ? 255 : 0);
        }
        return out;
    }

    /** Floyd and Steinberg's error diffusion, in ints as Pillow does it. */
    private byte[] spread() {
        byte[] out = new byte[width * height];
        int[] errors = new int[width + 1];
        for (int y = 0; y < height; y++) {
            int l = 0;
            int l0 = 0;
            int l1 = 0;
            for (int x = 0; x < width; x++) {
                l = clip(lightness(y * width + x) / 1000 + (l + errors[x + 1]) / 16);
                int chosen = l > 128 ? 255 : 0;
                out[y * width + x] = (byte) chosen;
                l -= chosen;
                int l2 = l;
                int d2 = l + l;
                l += d2;
                errors[x] = l + l0;
                l += d2;
                l0 = l + l1;
                l1 = l2;
                l += d2;
            }
            errors[width] = l0;
        }
        return out;
    }

    /** The part in the box in another size; nearest pixels where there is no filter. */
    Pixels resize(int w, int h, double[] box, Resample.Filter filter) {
        if (filter == null || mode.equals("1") || mode.equals("P")) {
            int[] xs = Resample.nearest(width, box[0], box[2], w);
            int[] ys = Resample.nearest(height, box[1], box[3], h);
            return picked(w, h, (x, y) -> ys[y] * width + xs[x]);
        }
        if (isNumbers()) {
            return ofNumbers(mode, w, h, Resample.numbers(numbers, height, width, box, h, w, filter, !mode.equals("F")));
        }
        if (mode.equals("RGBA") || mode.equals("LA")) {
            int c = channels();
            byte[] out = Resample.bytes(weighted(bytes, c, true), height, width, c, box, h, w, filter);
            return with(w, h, weighted(out, c, false));
        }
        return with(w, h, Resample.bytes(bytes, height, width, channels(), box, h, w, filter));
    }

    /** Colours times their opacity, or back. */
    private static byte[] weighted(byte[] in, int channels, boolean times) {
        byte[] out = in.clone();
        for (int i = 0; i < in.length; i += channels) {
            int a = in[i + channels - 1] & 0xff;
            for (int c = 0; c < channels - 1; c++) {
                int v = in[i + c] & 0xff;
                int t = v * a + 128;
                out[i + c] = (byte) (times ? (t >> 8) + t >> 8 : a == 0 || a == 255 ? v : Math.min(255, 255 * v / a));
            }
        }
        return out;
    }

    /** Where a new pixel comes from; negative for none. */
    interface Place {
        int of(int x, int y);
    }

    /** A picture of that size whose pixels are taken from this one; black where there is none. */
    Pixels picked(int w, int h, Place place) {
        int c = channels();
        byte[] out = new byte[isNumbers() ? 0 : w * h * c];
        double[] values = new double[isNumbers() ? w * h : 0];
        for (int y = 0; y < h; y++) {
            StopCheck.ask();
            for (int x = 0; x < w; x++) {
                int from = place.of(x, y);
                if (from < 0) {
                    continue;
                }
                if (isNumbers()) {
                    values[y * w + x] = numbers[from];
                } else {
                    System.arraycopy(bytes, from * c, out, (y * w + x) * c, c);
                }
            }
        }
        return new Pixels(mode, w, h, out, values, palette);
    }

    Pixels crop(int left, int top, int right, int bottom) {
        return picked(right - left, bottom - top, (x, y) -> {
            int sx = x + left;
            int sy = y + top;
            return sx >= 0 && sx < width && sy >= 0 && sy < height ? sy * width + sx : -1;
        });
    }

    /** Flipped or turned: Pillow's numbers from FLIP_LEFT_RIGHT = 0 on. */
    Pixels transpose(int method) {
        int w = width;
        int h = height;
        return switch (method) {
            case 0 -> picked(w, h, (x, y) -> y * w + w - 1 - x);
            case 1 -> picked(w, h, (x, y) -> (h - 1 - y) * w + x);
            case 2 -> picked(h, w, (x, y) -> x * w + w - 1 - y);
            case 3 -> picked(w, h, (x, y) -> (h - 1 - y) * w + w - 1 - x);
            case 4 -> picked(h, w, (x, y) -> (h - 1 - x) * w + y);
            case 5 -> picked(h, w, (x, y) -> x * w + y);
            case 6 -> picked(h, w, (x, y) -> (h - 1 - x) * w + w - 1 - y);
            default -> throw NnError.value("unknown transpose method " + method);
        };
    }

    /** One channel as a grey picture. */
    Pixels channel(int c) {
        int n = channels();
        if (n == 1) {
            return this;
        }
        byte[] out = new byte[width * height];
        for (int i = 0; i < out.length; i++) {
            out[i] = bytes[i * n + c];
        }
        return ofBytes("L", width, height, out);
    }

    /** The value of a channel of a pixel. */
    double value(int i, int c) {
        return isNumbers() ? numbers[i] : bytes[i * channels() + c] & 0xff;
    }

    void set(int x, int y, double[] values) {
        for (int c = 0; c < channels(); c++) {
            if (isNumbers()) {
                numbers[y * width + x] = values[c];
            } else {
                bytes[at(x, y, c)] = (byte) clip(values[c]);
            }
        }
    }

    Pixels copy() {
        return new Pixels(mode, width, height, bytes.clone(), numbers.clone(), palette);
    }

    /** As numpy sees it. */
    NdArray array() {
        int c = channels();
        if (isNumbers()) {
            DType type = mode.equals("I") ? DType.INT32 : mode.equals("F") ? DType.FLOAT32 : DType.UINT16;
            NdArray out = NdArray.zeros(type, height, width);
            for (int i = 0; i < numbers.length; i++) {
                out.setDouble(i, numbers[i]);
            }
            return out;
        }
        if (mode.equals("1")) {
            NdArray out = NdArray.zeros(DType.BOOL, height, width);
            for (int i = 0; i < bytes.length; i++) {
                out.setLong(i, bytes[i] != 0 ? 1 : 0);
            }
            return out;
        }
        int[] shape = c == 1 ? new int[] {height, width} : new int[] {height, width, c};
        return NdArray.wrap(DType.UINT8, Arrays.copyOf(bytes, bytes.length), shape);
    }

    /** From an array of numpy; TypeError in Pillow's words for what it cannot hold. */
    static Pixels of(NdArray given) {
        NdArray a = given.compact();
        int rank = a.rank();
        if (rank == 2 || rank == 3 && a.dim(2) == 1 && a.dtype() == DType.UINT8) {
            int h = a.dim(0);
            int w = a.dim(1);
            switch (a.dtype()) {
                case UINT8 -> {
                    return ofBytes("L", w, h, a.copy().bytes());
                }
                case BOOL -> {
                    byte[] out = new byte[w * h];
                    for (int i = 0; i < out.length; i++) {
                        out[i] = (byte) (a.getBoolean(i) ? 255 : 0);
                    }
                    return ofBytes("1", w, h, out);
                }
                case FLOAT32, FLOAT64 -> {
                    double[] out = a.toDoubles();
                    for (int i = 0; i < out.length; i++) {
                        out[i] = (float) out[i];
                    }
                    return ofNumbers("F", w, h, out);
                }
                case INT32, INT16, UINT16 -> {
                    return ofNumbers(a.dtype() == DType.UINT16 ? "I;16" : "I", w, h, a.toDoubles());
                }
                default -> { }
            }
        } else if (rank == 3 && a.dtype() == DType.UINT8 && a.dim(2) <= 4) {
            String mode = a.dim(2) == 2 ? "LA" : a.dim(2) == 3 ? "RGB" : "RGBA";
            return ofBytes(mode, a.dim(1), a.dim(0), a.copy().bytes());
        }
        String tail = rank == 3 ? "(1, 1, " + a.dim(2) + ")" : rank == 2 ? "(1, 1)" : "a rank of " + rank;
        throw NnError.type("Cannot handle this data type: " + tail + ", " + letters(a.dtype()));
    }

    /** A type as numpy's array interface writes it. */
    private static String letters(DType t) {
        char kind = t.isFloating() ? 'f' : t == DType.BOOL ? 'b' : t.isInteger() ? t.typeName().startsWith("u") ? 'u' : 'i' : 'O';
        return (t.byteSize() == 1 ? "|" : "<") + kind + t.byteSize();
    }
}
