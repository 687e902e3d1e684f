package io.retrograd.plot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/** Figures as files. */
public final class FigureFile {
    /** The kinds of file, by their endings. */
    public static final List<String> FORMATS = List.of("jpeg", "jpg", "png", "svg");

    private FigureFile() {}

    /**
     * How a figure becomes a file.
     *
     * @param dpi pixels an inch
     * @param tight cut off what is empty round the drawing; what reaches over the figure's edge is kept
     * @param pad inches left round it then
     * @param transparent without the figure's and the axes' ground
     */
    public record Options(double dpi, boolean tight, double pad, boolean transparent) {
        public static Options plain(double dpi) {
            return new Options(dpi, false, 0.1, false);
        }
    }

    /** The figure as bytes of that format. @throws NnError ValueError for a format that there is not */
    public static byte[] bytes(Figure figure, String format, Options options) {
        return switch (format) {
            case "png" -> encoded(image(figure, options), "png");
            case "jpg", "jpeg" -> encoded(opaque(image(figure, options)), "jpg");
            case "svg" -> svg(figure, options);
            default -> throw NnError.value("Format '" + format + "' is not supported (supported formats: "
                    + String.join(", ", FORMATS) + ")");
        };
    }

    /** The figure as pixels. */
    public static BufferedImage image(Figure figure, Options options) {
        if (options.tight()) {
            Rectangle2D part = drawn(figure, options.pad());
            return render(figure, part, options);
        }
        return render(figure, new Rectangle2D.Double(0, 0, figure.width * 72, figure.height * 72), options);
    }

    /** The part of the paper, in points, as pixels. */
    private static BufferedImage render(Figure figure, Rectangle2D part, Options options) {
        System.setProperty("java.awt.headless", "true");
        double scale = options.dpi() / 72;
        long w = Math.max(1, Math.round(part.getWidth() * scale));
        long h = Math.max(1, Math.round(part.getHeight() * scale));
        if (w * h > Integer.MAX_VALUE / 4) {
            throw NnError.value(String.format(
                    Locale.ROOT, "Image size of %dx%d pixels is too large. It must be less than 2^16 in each direction.", w, h));
        }
        BufferedImage image = new BufferedImage(
                (int) w, (int) h, options.transparent() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        if (!options.transparent()) {
            g.setColor(figure.face);
            g.fillRect(0, 0, (int) w, (int) h);
        }
        g.scale(scale, scale);
        g.translate(-part.getX(), -part.getY());
        paint(figure, g, options.transparent());
        g.dispose();
        return image;
    }

    private static void paint(Figure figure, Graphics2D g, boolean transparent) {
        Color face = figure.face;
        Color[] faces = figure.axes.stream().map(a -> a.face).toArray(Color[]::new);
        try {
            if (transparent) {
                figure.face = new Color(0, 0, 0, 0);
                figure.axes.forEach(a -> a.face = new Color(0, 0, 0, 0));
            }
            Painter.paint(figure, g);
        } catch (InternalError | NullPointerException | NoClassDefFoundError fonts) {
            // The JVM draws no text where the system has no fonts at all, and says so in many ways.
            if (fonts.toString().toLowerCase(Locale.ROOT).contains("font")) {
                throw new NnError(ErrorKind.RUNTIME_ERROR, "this system has no fonts to draw a figure with")
                        .help("install fontconfig and a font, e.g. the package fonts-dejavu-core");
            }
            throw fonts;
        } finally {
            figure.face = face;
            for (int i = 0; i < faces.length; i++) {
                figure.axes.get(i).face = faces[i];
            }
        }
    }

    /** The smallest part of the paper that holds everything drawn, half a figure beyond its edges included. */
    private static Rectangle2D drawn(Figure figure, double pad) {
        double w = figure.width * 72;
        double h = figure.height * 72;
        Rectangle2D wide = new Rectangle2D.Double(-w / 2, -h / 2, 2 * w, 2 * h);
        BufferedImage all = render(figure, wide, new Options(72, false, 0, false));
        int ground = figure.face.getRGB();
        int left = Integer.MAX_VALUE;
        int right = -1;
        int top = Integer.MAX_VALUE;
        int bottom = -1;
        for (int y = 0; y < all.getHeight(); y++) {
            for (int x = 0; x < all.getWidth(); x++) {
                if (all.getRGB(x, y) != ground) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = y;
                }
            }
        }
        if (right < 0) {
            return new Rectangle2D.Double(0, 0, w, h);
        }
        double p = pad * 72;
        return new Rectangle2D.Double(
                wide.getX() + left - p, wide.getY() + top - p, right - left + 1 + 2 * p, bottom - top + 1 + 2 * p);
    }

    private static BufferedImage opaque(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = copy.createGraphics();
        g.drawImage(image, 0, 0, Color.WHITE, null);
        g.dispose();
        return copy;
    }

    /** An image as the bytes of a file. */
    public static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, format, out);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return out.toByteArray();
    }

    private static byte[] svg(Figure figure, Options options) {
        System.setProperty("java.awt.headless", "true");
        Rectangle2D part = options.tight()
                ? drawn(figure, options.pad())
                : new Rectangle2D.Double(0, 0, figure.width * 72, figure.height * 72);
        Document document =
                GenericDOMImplementation.getDOMImplementation().createDocument("http://www.w3.org/2000/svg", "svg", null);
        SVGGraphics2D g = new SVGGraphics2D(document);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setSVGCanvasSize(new Dimension((int) Math.round(part.getWidth()), (int) Math.round(part.getHeight())));
        g.translate(-part.getX(), -part.getY());
        paint(figure, g, options.transparent());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            g.stream(writer, true);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return out.toByteArray();
    }
}
