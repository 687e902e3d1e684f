package io.retrograd.lib.pillow;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.tensor.NdArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** {@code PIL.Image.Image}: a picture. To numpy it is an array of its pixels. */
final class ImageValue implements ArrayLike {
    static final TypeValue TYPE = TypeValue.opaque("PIL.Image", "Image", ImageValueTable.TABLE);

    private Pixels pixels;
    private final String format;
    private final String file;

    /** With the format of the file that it was read from, null for none, and that file's name. */
    ImageValue(Pixels pixels, String format, String file) {
        this.pixels = pixels;
        this.format = format;
        this.file = file;
    }

    Pixels pixels() {
        return pixels;
    }

    private static ImageValue of(Pixels pixels) {
        return new ImageValue(pixels, null, "");
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public NdArray array() {
        return pixels.array();
    }

    @Override
    public boolean sameAs(Object other) {
        return this == other;
    }

    @Override
    public long hash(Machine m) {
        return System.identityHashCode(this);
    }

    @Override
    public boolean truth(Machine m) {
        return true;
    }

    @Override
    public String repr(Machine m) {
        String kind = format == null ? "PIL.Image.Image" : "PIL." + (format.equals("PNG") ? "PngImagePlugin.PngImageFile"
                : format.equals("JPEG") ? "JpegImagePlugin.JpegImageFile" : "Image.Image");
        return "<" + kind + " image mode=" + pixels.mode() + " size=" + pixels.width() + "x" + pixels.height() + " at 0x"
                + Integer.toHexString(System.identityHashCode(this)) + ">";
    }

    @Builtin(value = "size", property = true, doc = "Width and height.")
    static Object size(Machine m, ImageValue self) {
        return TupleValue.of((long) self.pixels.width(), (long) self.pixels.height());
    }

    @Builtin(value = "width", property = true, doc = "Width in pixels.")
    static long width(Machine m, ImageValue self) {
        return self.pixels.width();
    }

    @Builtin(value = "height", property = true, doc = "Height in pixels.")
    static long height(Machine m, ImageValue self) {
        return self.pixels.height();
    }

    @Builtin(value = "mode", property = true, doc = "What a pixel is: 1, L, LA, P, RGB, RGBA, I, F.")
    static Object mode(Machine m, ImageValue self) {
        return self.pixels.mode();
    }

    @Builtin(value = "format", property = true, doc = "The format of the file that it was read from, or None.")
    static Object format(Machine m, ImageValue self) {
        return self.format == null ? None.NONE : self.format;
    }

    @Builtin(value = "filename", property = true, doc = "The file that it was read from.")
    static Object filename(Machine m, ImageValue self) {
        return self.file;
    }

    @Builtin(value = "info", property = true, doc = "What the file said besides: nothing is kept.")
    static Object info(Machine m, ImageValue self) {
        return new DictValue();
    }

    @Builtin(value = "__array_interface__", property = true, doc = "What numpy makes an array of.")
    static Object arrayInterface(Machine m, ImageValue self) {
        return new DictValue();
    }

    @Builtin(
            value = "resize",
            signature = "size, resample=None, box=None, reducing_gap=None",
            method = true,
            doc = "The image in another size; resample is NEAREST, BOX, BILINEAR, HAMMING, BICUBIC (the default) or LANCZOS.",
            example = "img.resize((28, 28), Image.ANTIALIAS)")
    static Object resize(Machine m, ImageValue self, Object size, Object resample, Object box, Object gap) {
        int[] wh = ImageArguments.pair(m, size);
        if (wh[0] == 0 || wh[1] == 0) {
            throw NnError.value("height and width must be > 0");
        }
        Pixels p = self.pixels;
        double[] part = {0, 0, p.width(), p.height()};
        if (box != None.NONE) {
            Object[] each = Semantics.elements(m, box);
            for (int i = 0; i < 4; i++) {
                part[i] = Semantics.real(m, each[i]);
            }
            if (part[0] < 0 || part[1] < 0 || part[2] > p.width() || part[3] > p.height()) {
                throw NnError.value("Box can't exceed original image size");
            }
        }
        return of(p.resize(wh[0], wh[1], part, ImageArguments.filter(resample)));
    }

    @Builtin(value = "thumbnail", signature = "size, resample=3, reducing_gap=2.0", method = true, doc = "Shrinks this image so that it fits into the size; its proportions stay.")
    static void thumbnail(Machine m, ImageValue self, Object size, Object resample, Object gap) {
        int[] most = ImageArguments.pair(m, size);
        Pixels p = self.pixels;
        if (most[0] >= p.width() && most[1] >= p.height()) {
            return;
        }
        double aspect = (double) p.width() / p.height();
        int w = most[0];
        int h = most[1];
        if ((double) w / h >= aspect) {
            w = closest(h * aspect, x -> Math.abs(aspect - x / most[1]));
        } else {
            h = closest(w / aspect, y -> y == 0 ? 0 : Math.abs(aspect - most[0] / y));
        }
        self.pixels = p.resize(w, h, new double[] {0, 0, p.width(), p.height()}, ImageArguments.filter(resample));
    }

    private static int closest(double number, DoubleUnaryOperator distance) {
        double low = Math.floor(number);
        double high = Math.ceil(number);
        return (int) Math.max(1, distance.applyAsDouble(low) <= distance.applyAsDouble(high) ? low : high);
    }

    @Builtin(
            value = "convert",
            signature = "mode=None, matrix=None, dither=3, palette=0, colors=256",
            method = true,
            doc = "The image in another mode, such as 'L' for greys.")
    static Object convert(Machine m, ImageValue self, String mode, Object matrix, Object dither, Object palette, Object colors) {
        if (matrix != None.NONE) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "convert with a matrix is not supported");
        }
        String to = mode != null ? mode : self.pixels.mode().equals("P") ? "RGB" : self.pixels.mode();
        return of(to.equals(self.pixels.mode()) ? self.pixels.copy() : self.pixels.convert(to, !Long.valueOf(0).equals(dither)));
    }

    @Builtin(value = "crop", signature = "box=None", method = true, doc = "The part between left, top, right and bottom.")
    static Object crop(Machine m, ImageValue self, Object box) {
        if (box == None.NONE) {
            return of(self.pixels.copy());
        }
        int[] b = ImageArguments.box(m, box);
        if (b[2] < b[0]) {
            throw NnError.value("Coordinate 'right' is less than 'left'");
        }
        if (b[3] < b[1]) {
            throw NnError.value("Coordinate 'lower' is less than 'upper'");
        }
        return of(self.pixels.crop(b[0], b[1], b[2], b[3]));
    }

    @Builtin(value = "transpose", signature = "method", method = true, doc = "Flipped or turned by right angles.")
    static Object transpose(Machine m, ImageValue self, int method) {
        return of(self.pixels.transpose(method));
    }

    @Builtin(
            value = "rotate",
            signature = "angle, resample=0, expand=0, center=None, translate=None, fillcolor=None",
            method = true,
            doc = "Turned against the clock by degrees, by nearest pixels; black where nothing was.")
    static Object rotate(
            Machine m, ImageValue self, double angle, Object resample, boolean expand, Object center, Object translate, Object fill) {
        Pixels p = self.pixels;
        double a = ((angle % 360) + 360) % 360;
        boolean plain = center == None.NONE && translate == None.NONE;
        if (plain && a == 0) {
            return of(p.copy());
        }
        if (plain && a == 180) {
            return of(p.transpose(3));
        }
        if (plain && (a == 90 || a == 270) && (expand || p.width() == p.height())) {
            return of(p.transpose(a == 90 ? 2 : 4));
        }
        if (!plain || ImageArguments.filter(resample) != null || fill != None.NONE) {
            throw new NnError(
                    ErrorKind.NOT_IMPLEMENTED_ERROR, "rotate is supported around the centre, by nearest pixels (Image.NEAREST), on black");
        }
        return of(Turning.turned(p, -Math.toRadians(a), expand));
    }

    @Builtin(value = "copy", method = true, doc = "A copy.")
    static Object copy(Machine m, ImageValue self) {
        return of(self.pixels.copy());
    }

    private int place(Machine m, Object xy) {
        int[] at = ImageArguments.box(m, xy);
        int x = at[0] < 0 ? at[0] + pixels.width() : at[0];
        int y = at[1] < 0 ? at[1] + pixels.height() : at[1];
        if (x < 0 || x >= pixels.width() || y < 0 || y >= pixels.height()) {
            throw NnError.index("image index out of range");
        }
        return y * pixels.width() + x;
    }

    @Builtin(value = "getpixel", signature = "xy", method = true, doc = "The value of a pixel, a tuple where it has channels.")
    static Object getPixel(Machine m, ImageValue self, Object xy) {
        return ImageFunctions.pixel(self.pixels, self.place(m, xy));
    }

    @Builtin(value = "putpixel", signature = "xy, value", method = true, doc = "Changes a pixel.")
    static void putPixel(Machine m, ImageValue self, Object xy, Object value) {
        int i = self.place(m, xy);
        Pixels p = self.pixels;
        p.set(i % p.width(), i / p.width(), ImageArguments.color(m, p.mode(), value));
    }

    @Builtin(value = {"getdata", "get_flattened_data"}, signature = "band=None", method = true, doc = "All pixels row by row.")
    static Object getData(Machine m, ImageValue self, Object band) {
        return ImageFunctions.data(self.pixels, band);
    }

    @Builtin(value = "putdata", signature = "data, scale=1.0, offset=0.0", method = true, doc = "Changes all pixels, row by row.")
    static void putData(Machine m, ImageValue self, Object data, double scale, double offset) {
        Object[] each = Semantics.elements(m, data);
        Pixels p = self.pixels;
        if (each.length > p.width() * p.height()) {
            throw NnError.type("too many data entries");
        }
        for (int i = 0; i < each.length; i++) {
            double[] values = ImageArguments.color(m, p.mode(), each[i]);
            for (int c = 0; c < values.length; c++) {
                values[c] = values[c] * scale + offset;
            }
            p.set(i % p.width(), i / p.width(), values);
        }
    }

    @Builtin(value = "getbands", method = true, doc = "The names of the channels.")
    static Object getBands(Machine m, ImageValue self) {
        String mode = self.pixels.mode();
        if (self.pixels.channels() == 1) {
            return TupleValue.of(mode);
        }
        return TupleValue.of((Object[]) mode.split(""));
    }

    @Builtin(value = "getextrema", method = true, doc = "The smallest and largest value, for each channel.")
    static Object getExtrema(Machine m, ImageValue self) {
        Pixels p = self.pixels;
        Object[] all = new Object[p.channels()];
        for (int c = 0; c < all.length; c++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < p.width() * p.height(); i++) {
                low = Math.min(low, p.value(i, c));
                high = Math.max(high, p.value(i, c));
            }
            all[c] = p.mode().equals("F") ? TupleValue.of(low, high) : TupleValue.of((long) low, (long) high);
        }
        return all.length == 1 ? all[0] : TupleValue.of(all);
    }

    @Builtin(value = "histogram", signature = "mask=None, extrema=None", method = true, doc = "How often each value is there, channel after channel.")
    static Object histogram(Machine m, ImageValue self, Object mask, Object extrema) {
        Pixels p = self.pixels;
        long[] counts = new long[256 * p.channels()];
        for (int i = 0; i < p.width() * p.height(); i++) {
            for (int c = 0; c < p.channels(); c++) {
                counts[256 * c + (int) Math.max(0, Math.min(255, p.value(i, c)))]++;
            }
        }
        Object[] all = new Object[counts.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = counts[i];
        }
        return ListValue.of(all);
    }

    @Builtin(value = "split", method = true, doc = "Its channels as grey images.")
    static Object split(Machine m, ImageValue self) {
        Object[] all = new Object[self.pixels.channels()];
        for (int c = 0; c < all.length; c++) {
            all[c] = of(self.pixels.channel(c));
        }
        return TupleValue.of(all);
    }

    @Builtin(value = "getchannel", signature = "channel", method = true, doc = "One channel as a grey image.")
    static Object getChannel(Machine m, ImageValue self, Object channel) {
        int c = channel instanceof String s ? self.pixels.mode().indexOf(s) : (int) Semantics.index(m, channel);
        if (c < 0 || c >= self.pixels.channels()) {
            throw NnError.value("The image has no channel " + Semantics.repr(m, channel));
        }
        return of(self.pixels.channel(c));
    }

    @Builtin(value = "point", signature = "lut, mode=None", method = true, doc = "Each value replaced by a table or a function.", example = "img.point(lambda v: 255 - v)")
    static Object point(Machine m, ImageValue self, Object lut, String mode) {
        Pixels p = self.pixels;
        if (p.isNumbers()) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "point is supported for images of bytes");
        }
        List<Object> table = new ArrayList<>();
        if (lut instanceof ListValue || lut instanceof TupleValue) {
            table.addAll(List.of(Semantics.elements(m, lut)));
        } else {
            for (long v = 0; v < 256; v++) {
                table.add(Semantics.call(m, lut, v));
            }
        }
        int n = p.channels();
        if (table.size() != 256 && table.size() != 256 * n) {
            throw NnError.value("wrong number of lut entries");
        }
        byte[] out = new byte[p.bytes().length];
        for (int i = 0; i < out.length; i++) {
            int v = p.bytes()[i] & 0xff;
            Object to = table.get(table.size() == 256 ? v : 256 * (i % n) + v);
            out[i] = (byte) Math.max(0, Math.min(255, (int) Math.rint(Semantics.real(m, to))));
        }
        if ("1".equals(mode)) {
            for (int i = 0; i < out.length; i++) {
                out[i] = (byte) (out[i] != 0 ? 255 : 0);
            }
        }
        return of(new Pixels(mode == null ? p.mode() : mode, p.width(), p.height(), out, new double[0], p.palette()));
    }

    @Builtin(value = "paste", signature = "im, box=None, mask=None", method = true, doc = "Puts another image or a colour into this one.")
    static void paste(Machine m, ImageValue self, Object image, Object box, Object mask) {
        Pixels p = self.pixels;
        Pixels source = image instanceof ImageValue v ? v.pixels.convert(p.mode(), false) : null;
        double[] color = source == null ? ImageArguments.color(m, p.mode(), image) : null;
        int[] b = box == None.NONE ? new int[] {0, 0} : ImageArguments.box(m, box);
        int w = source != null ? source.width() : b.length == 4 ? b[2] - b[0] : p.width();
        int h = source != null ? source.height() : b.length == 4 ? b[3] - b[1] : p.height();
        if (b.length == 4 && (b[2] - b[0] != w || b[3] - b[1] != h)) {
            throw NnError.value("images do not match");
        }
        Pixels weights = mask instanceof ImageValue v
                ? v.pixels.mode().equals("RGBA") ? v.pixels.channel(3) : v.pixels.convert("L", false) : null;
        for (int y = Math.max(0, -b[1]); y < Math.min(h, p.height() - b[1]); y++) {
            for (int x = Math.max(0, -b[0]); x < Math.min(w, p.width() - b[0]); x++) {
                int at = (y + b[1]) * p.width() + x + b[0];
                double part = weights == null ? 255 : weights.value(y * w + x, 0);
                double[] values = new double[p.channels()];
                for (int c = 0; c < values.length; c++) {
                    double v = source == null ? color[c] : source.value(y * w + x, c);
                    int t = (int) (v * part + p.value(at, c) * (255 - part) + 128);
                    values[c] = part == 255 ? v : (t >> 8) + t >> 8;
                }
                p.set(x + b[0], y + b[1], values);
            }
        }
    }

    @Builtin(value = "tobytes", signature = "encoder_name='raw', *args", method = true, doc = "Its pixels as bytes.")
    static Object toBytes(Machine m, ImageValue self, Object encoder, Object[] args) {
        return self.pixels.isNumbers()
                ? Semantics.call(m, Semantics.attribute(m, new ArrayValue(self.array()), "tobytes"))
                : new BytesValue(self.pixels.bytes().clone());
    }

    @Builtin(value = {"load", "verify", "close", "draft", "seek"}, signature = "*args", method = true, doc = "The pixels are there already.")
    static Object load(Machine m, ImageValue self, Object[] args) {
        return new PixelAccess(self);
    }

    @Builtin(value = "__enter__", method = true, doc = "Itself.")
    static Object enter(Machine m, ImageValue self) {
        return self;
    }

    @Builtin(value = "__exit__", signature = "kind, value, traceback", method = true, doc = "Ends the block.")
    static boolean exit(Machine m, ImageValue self, Object kind, Object value, Object traceback) {
        return false;
    }

    @Builtin(value = "show", signature = "title=None, command=None", method = true, doc = "On a terminal, writes it as a PNG file and says where; elsewhere it goes on.")
    static void show(Machine m, ImageValue self, Object title, Object command) {
        if (!m.world().out().isTerminal()) {
            return;
        }
        try {
            Path file = Files.createTempFile("image", ".png");
            Files.write(file, ImageBytes.encoded(self.pixels, "PNG", 75));
            m.world().err().write("image: " + file + "\n");
        } catch (IOException e) {
            throw new NnError(ErrorKind.OS_ERROR, e.getMessage());
        }
    }

    @Builtin(value = "save", signature = "fp, format=None, **params", method = true, doc = "Writes it as .png, .jpg, .bmp or .gif.")
    static void save(Machine m, ImageValue self, Object file, String format, Map<String, Object> params) {
        String wanted = format;
        if (wanted == null) {
            String name = file instanceof String s ? s : "";
            int dot = name.lastIndexOf('.');
            wanted = dot < 0 ? "" : name.substring(dot + 1);
        }
        String kind = switch (wanted.toLowerCase(Locale.ROOT)) {
            case "png" -> "PNG";
            case "jpg", "jpeg" -> "JPEG";
            case "bmp" -> "BMP";
            case "gif" -> "GIF";
            default -> throw format == null
                    ? NnError.value("unknown file extension: " + (wanted.isEmpty() ? "" : "." + wanted))
                    : new NnError(ErrorKind.KEY_ERROR, Semantics.repr(m, format.toUpperCase(Locale.ROOT)));
        };
        try {
            byte[] bytes = ImageBytes.encoded(self.pixels, kind, params.get("quality") instanceof Long q ? (int) (long) q : 75);
            if (file instanceof String name) {
                Files.write(m.world().files().writable(name), bytes);
            } else {
                Semantics.call(m, Semantics.attribute(m, file, "write"), new BytesValue(bytes));
            }
        } catch (NoSuchFileException e) {
            throw new NnError(ErrorKind.FILE_NOT_FOUND_ERROR, "[Errno 2] No such file or directory: " + Semantics.repr(m, file));
        } catch (IOException e) {
            throw new NnError(ErrorKind.OS_ERROR, e.getMessage());
        }
    }
}
