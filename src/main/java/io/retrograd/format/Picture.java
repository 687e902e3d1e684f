package io.retrograd.format;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture file as it is stored, before any conversion: Pillow's idea of an image.
 *
 * @param format PNG, JPEG, GIF or BMP
 * @param mode 1 and L grey, LA with opacity, P indices into the palette, RGB, RGBA, {@code I;16} grey of 16 bits
 * @param samples bytes row by row, channels together; of mode {@code I;16} two a pixel, the high one first
 * @param palette colours 0xAARRGGBB of mode P, else empty
 */
public record Picture(String format, String mode, int height, int width, byte[] samples, int[] palette) {
    /**
     * Reads a PNG, JPEG, GIF (its first frame) or BMP file.
     *
     * @throws IOException if it is none of these or damaged
     */
    public static Picture read(byte[] file) throws IOException {
        ImageIO.setUseCache(false);
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("cannot identify image file");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                String format = reader.getFormatName().toUpperCase(Locale.ROOT);
                return of(format.equals("JPG") ? "JPEG" : format, reader.read(0));
            } catch (RuntimeException damaged) {
                throw new IOException("broken image file: " + damaged.getMessage());
            } finally {
                reader.dispose();
            }
        }
    }

    private static Picture of(String format, BufferedImage image) {
        int h = image.getHeight();
        int w = image.getWidth();
        int bands = image.getRaster().getNumBands();
        int bits = image.getColorModel().getComponentSize(0);
        if (image.getColorModel() instanceof IndexColorModel colours) {
            int[] palette = new int[colours.getMapSize()];
            colours.getRGBs(palette);
            byte[] indices = new byte[h * w];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = (byte) image.getRaster().getSample(i % w, i / w, 0);
            }
            return ofPalette(format, h, w, indices, palette, colours.getPixelSize());
        }
        if (bands == 1 && bits == 16) {
            byte[] samples = new byte[2 * h * w];
            for (int i = 0; i < h * w; i++) {
                int v = image.getRaster().getSample(i % w, i / w, 0);
                samples[2 * i] = (byte) (v >> 8);
                samples[2 * i + 1] = (byte) v;
            }
            return new Picture(format, "I;16", h, w, samples, new int[0]);
        }
        String mode = bands == 1 ? "L" : bands == 2 ? "LA" : image.getColorModel().hasAlpha() ? "RGBA" : "RGB";
        int channels = bands == 1 ? 1 : bands == 2 ? 2 : mode.length();
        byte[] samples = new byte[h * w * channels];
        int at = 0;
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                if (bands <= 2) {
                    // getRGB would bend grey values by their colour space.
                    for (int b = 0; b < bands; b++) {
                        int v = image.getRaster().getSample(x, y, b);
                        samples[at++] = (byte) (bits == 16 ? v >> 8 : v);
                    }
                    continue;
                }
                int argb = image.getRGB(x, y);
                samples[at++] = (byte) (argb >> 16);
                samples[at++] = (byte) (argb >> 8);
                samples[at++] = (byte) argb;
                if (channels == 4) {
                    samples[at++] = (byte) (argb >>> 24);
                }
            }
        }
        return new Picture(format, mode, h, w, samples, new int[0]);
    }

    /** Black and white of one bit is a mode of its own; greys of two or four bits are the greys that they stand for. */
    private static Picture ofPalette(String format, int h, int w, byte[] indices, int[] palette, int bits) {
        boolean grey = palette.length == 1 << bits && bits < 8;
        for (int i = 0; grey && i < palette.length; i++) {
            int level = i * 255 / (palette.length - 1);
            grey = palette[i] == (0xff000000 | level << 16 | level << 8 | level);
        }
        if (!grey) {
            return new Picture(format, "P", h, w, indices, palette);
        }
        byte[] levels = new byte[indices.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) palette[indices[i] & 0xff];
        }
        return new Picture(format, bits == 1 ? "1" : "L", h, w, levels, new int[0]);
    }
}
