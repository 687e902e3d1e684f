package io.retrograd.lib.pyplot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Pictures from files as arrays, as {@code plt.imread} gives them. */
final class Pictures {
    private Pictures() {}

    /** PNG as float32 from 0 to 1, anything else as uint8; grey pictures have two dimensions. */
    static Object read(Machine m, String file) {
        System.setProperty("java.awt.headless", "true");
        Path path = m.world().files().readable(file);
        if (!Files.exists(path)) {
            throw new NnError(ErrorKind.FILE_NOT_FOUND_ERROR, "[Errno 2] No such file or directory: '" + file + "'");
        }
        BufferedImage image;
        try {
            image = ImageIO.read(path.toFile());
        } catch (IOException damaged) {
            image = null;
        }
        if (image == null) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot identify image file '" + file + "'").help("pictures are read from .png, .jpg, .gif and .bmp");
        }
        Raster raster = image.getRaster();
        int w = image.getWidth();
        int h = image.getHeight();
        boolean grey = raster.getNumBands() == 1 && image.getColorModel().getNumComponents() == 1;
        int channels = grey ? 1 : image.getColorModel().hasAlpha() ? 4 : 3;
        float[] all = new float[w * h * channels];
        int at = 0;
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                if (grey) {
                    all[at++] = raster.getSample(x, y, 0) * 255f / ((1 << raster.getSampleModel().getSampleSize(0)) - 1);
                    continue;
                }
                int argb = image.getRGB(x, y);
                all[at++] = argb >> 16 & 0xff;
                all[at++] = argb >> 8 & 0xff;
                all[at++] = argb & 0xff;
                if (channels == 4) {
                    all[at++] = argb >>> 24;
                }
            }
        }
        boolean png = file.toLowerCase(Locale.ROOT).endsWith(".png");
        int[] shape = grey ? new int[] {h, w} : new int[] {h, w, channels};
        NdArray array = NdArray.zeros(png ? DType.FLOAT32 : DType.UINT8, shape);
        for (int i = 0; i < all.length; i++) {
            if (png) {
                array.setDouble(i, all[i] / 255f);
            } else {
                array.setLong(i, Math.round(all[i]));
            }
        }
        return new ArrayValue(array);
    }
}
