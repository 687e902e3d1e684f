package io.retrograd.lib.pillow;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.Png;
import io.retrograd.format.Raster;
import java.io.IOException;
import java.util.Locale;

/** A picture as the bytes of a file. */
final class ImageBytes {
    private ImageBytes() {}

    static byte[] encoded(Pixels p, String format, int quality) throws IOException {
        Pixels plain = p.mode().equals("1") ? p.convert("L", false)
                : p.mode().equals("P") ? p.convert("RGB", false)
                : p.mode().equals("LA") ? p.convert("RGBA", false) : p;
        if (p.mode().equals("1") && format.equals("PNG")) {
            return Png.encodeBits(p.bytes(), p.height(), p.width());
        }
        boolean opacity = plain.mode().equals("RGBA");
        if (plain.isNumbers() || opacity && !format.equals("PNG")) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot write mode " + p.mode() + " as " + format);
        }
        return switch (format) {
            case "PNG" -> Png.encode(plain.bytes(), plain.height(), plain.width(), plain.channels());
            case "JPEG" -> new Raster(plain.bytes(), plain.height(), plain.width(), plain.channels()).jpeg(quality);
            default -> new Raster(plain.bytes(), plain.height(), plain.width(), plain.channels()).file(format.toLowerCase(Locale.ROOT));
        };
    }
}
