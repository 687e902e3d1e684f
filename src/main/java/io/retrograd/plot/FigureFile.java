package io.retrograd.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;

/** Figures as files. */
public final class FigureFile {
    private FigureFile() {}

    /** The figure as pixels. */
    public static BufferedImage image(Figure figure, double dpi) {
        System.setProperty("java.awt.headless", "true");
        int w = (int) Math.round(figure.width * dpi);
        int h = (int) Math.round(figure.height * dpi);
        BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(dpi / 72, dpi / 72);
        Painter.paint(figure, g);
        g.dispose();
        return image;
    }

    public static byte[] png(Figure figure, double dpi) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image(figure, dpi), "png", out);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return out.toByteArray();
    }

    public static byte[] svg(Figure figure) {
        System.setProperty("java.awt.headless", "true");
        Document document =
                GenericDOMImplementation.getDOMImplementation().createDocument("http://www.w3.org/2000/svg", "svg", null);
        SVGGraphics2D g = new SVGGraphics2D(document);
        g.setSVGCanvasSize(new java.awt.Dimension((int) Math.round(figure.width * 72), (int) Math.round(figure.height * 72)));
        Painter.paint(figure, g);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            g.stream(writer, true);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return out.toByteArray();
    }
}
