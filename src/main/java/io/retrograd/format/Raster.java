package io.retrograd.format;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A picture as bytes, row by row, channels together.
 *
 * @param channels 1 grey, 3 red green blue, 4 with opacity
 */
public record Raster(byte[] pixels, int height, int width, int channels) {

    /**
     * Reads a PNG, JPEG, GIF or BMP file.
     *
     * @param wanted channels to convert to; 0 for the file's own
     * @throws IOException if it is none of these or damaged
     */
    public static Raster decode(byte[] file, int wanted) throws IOException {
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(file));
        } catch (RuntimeException damaged) {
            throw new IOException(damaged);
        }
        if (image == null) {
            throw new IOException("unknown image format");
        }
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        int own = palette ? 3 : image.getRaster().getNumBands() == 2 ? 4 : image.getRaster().getNumBands();
        int channels = wanted == 0 ? own : wanted;
        byte[] pixels = new byte[image.getHeight() * image.getWidth() * channels];
        boolean grey = !palette && image.getRaster().getNumBands() == 1;
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                // getRGB would bend grey values by their colour space.
                int sample = grey ? image.getRaster().getSample(x, y, 0) : 0;
                int level = image.getColorModel().getComponentSize(0) == 16 ? sample >>> 8 : sample;
                int argb = grey ? 0xff000000 | level << 16 | level << 8 | level : image.getRGB(x, y);
                int r = argb >> 16 & 0xff;
                int g = argb >> 8 & 0xff;
                int b = argb & 0xff;
                if (channels == 1) {
                    pixels[at++] = (byte) (grey ? level : Math.round(0.299f * r + 0.587f * g + 0.114f * b));
                    continue;
                }
                pixels[at++] = (byte) r;
                pixels[at++] = (byte) g;
                pixels[at++] = (byte) b;
                if (channels == 4) {
                    pixels[at++] = (byte) (argb >>> 24);
                }
            }
        }
        return new Raster(pixels, image.getHeight(), image.getWidth(), channels);
    }

    /** The picture as a JPEG file; opacity is lost. */
    public byte[] jpeg() throws IOException {
        return file("jpg");
    }

    /** The picture as a JPEG file of that quality, from 1 to 100; opacity is lost. */
    public byte[] jpeg(int quality) throws IOException {
        ImageIO.setUseCache(false);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(Math.max(1, Math.min(100, quality)) / 100f);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image(), null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** The picture as a file of a format that the JVM knows: jpg, bmp, gif; opacity is lost. */
    public byte[] file(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        ImageIO.write(image(), format, out);
        return out.toByteArray();
    }

    private BufferedImage image() {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(width, height, type);
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += channels) {
                if (channels == 1) {
                    image.getRaster().setSample(x, y, 0, pixels[at] & 0xff);
                } else {
                    image.setRGB(x, y, (pixels[at] & 0xff) << 16 | (pixels[at + 1] & 0xff) << 8 | pixels[at + 2] & 0xff);
                }
            }
        }
        return image;
    }
}
