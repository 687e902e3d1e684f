package io.retrograd.plot;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Pictures within the text of a terminal, in the three ways that terminals know: kitty's graphics protocol, iTerm2's
 * inline images, and DEC's sixels.
 */
public enum InlineImage {
    KITTY,
    ITERM2,
    SIXEL,
    NONE;

    /** The longest piece of base64 in one of kitty's escape sequences. */
    private static final int KITTY_CHUNK = 4096;

    private static final String ESC = "\u001b";
    private static final String END = ESC + "\\";

    /** Which of them the terminal knows, by its environment; {@code NN_GRAPHICS} decides where it is set. */
    public static InlineImage of(Map<String, String> environment) {
        String asked = environment.getOrDefault("NN_GRAPHICS", "").toLowerCase(Locale.ROOT);
        for (InlineImage each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(asked)) {
                return each;
            }
        }
        String term = environment.getOrDefault("TERM", "");
        String program = environment.getOrDefault("TERM_PROGRAM", "");
        // A multiplexer swallows the sequences.
        if (environment.containsKey("TMUX") || term.startsWith("screen") || term.startsWith("tmux") || term.equals("dumb")) {
            return NONE;
        }
        if (environment.containsKey("KITTY_WINDOW_ID") || term.contains("kitty") || term.contains("ghostty")
                || program.equals("ghostty") || environment.containsKey("KONSOLE_VERSION")) {
            return KITTY;
        }
        if (program.equals("iTerm.app") || program.equals("WezTerm") || program.equals("mintty")
                || environment.getOrDefault("LC_TERMINAL", "").equals("iTerm2")) {
            return ITERM2;
        }
        if (term.contains("sixel") || term.startsWith("foot") || term.startsWith("mlterm") || term.startsWith("yaft")) {
            return SIXEL;
        }
        return NONE;
    }

    /** What to write to the terminal so that the picture appears, its line break included; empty for NONE. */
    public String sequence(BufferedImage image) {
        return switch (this) {
            case KITTY -> kitty(FigureFile.encoded(image, "png"));
            case ITERM2 -> iterm(FigureFile.encoded(image, "png"));
            case SIXEL -> sixel(image);
            case NONE -> "";
        };
    }

    private static String kitty(byte[] png) {
        String data = Base64.getEncoder().encodeToString(png);
        StringBuilder out = new StringBuilder();
        for (int from = 0; from < data.length(); from += KITTY_CHUNK) {
            int to = Math.min(data.length(), from + KITTY_CHUNK);
            out.append(ESC).append("_G").append(from == 0 ? "a=T,f=100,q=2," : "");
            out.append("m=").append(to < data.length() ? 1 : 0).append(';').append(data, from, to).append(END);
        }
        return out.append('\n').toString();
    }

    private static String iterm(byte[] png) {
        return ESC + "]1337;File=inline=1;size=" + png.length + ":" + Base64.getEncoder().encodeToString(png) + "\u0007\n";
    }

    /** The picture in at most 256 colours, six rows at a time. */
    private static String sixel(BufferedImage image) {
        int w = image.getWidth();
        int h = image.getHeight();
        int[][] indices = new int[h][w];
        Map<Integer, Integer> palette = palette(image, indices);
        StringBuilder out = new StringBuilder(ESC + "Pq\"1;1;" + w + ";" + h);
        palette.forEach((rgb, index) -> out.append('#').append(index).append(";2;").append(percent(rgb >> 16)).append(';')
                .append(percent(rgb >> 8)).append(';').append(percent(rgb)));
        for (int top = 0; top < h; top += 6) {
            boolean[] here = new boolean[palette.size()];
            for (int y = top; y < Math.min(h, top + 6); y++) {
                for (int x = 0; x < w; x++) {
                    here[indices[y][x]] = true;
                }
            }
            for (int color = 0; color < here.length; color++) {
                if (here[color]) {
                    out.append('#').append(color);
                    row(out, indices, top, color, w, h);
                    out.append('$');
                }
            }
            out.append('-');
        }
        return out.append(END).append('\n').toString();
    }

    /** One colour's dots of six rows; runs of the same are written once with their length. */
    private static void row(StringBuilder out, int[][] indices, int top, int color, int w, int h) {
        int run = 0;
        char last = 0;
        for (int x = 0; x <= w; x++) {
            char c = 0;
            if (x < w) {
                int bits = 0;
                for (int k = 0; k < 6 && top + k < h; k++) {
                    bits |= indices[top + k][x] == color ? 1 << k : 0;
                }
                c = (char) (63 + bits);
            }
            if (c == last) {
                run++;
                continue;
            }
            if (run > 3) {
                out.append('!').append(run).append(last);
            } else {
                out.append(String.valueOf(last).repeat(last == 0 ? 0 : run));
            }
            run = 1;
            last = c;
        }
    }

    private static int percent(int channel) {
        return Math.round((channel & 0xff) * 100 / 255f);
    }

    /** Numbers the colours; where there are too many, the lowest bits of each channel are dropped until they fit. */
    private static Map<Integer, Integer> palette(BufferedImage image, int[][] indices) {
        for (int drop = 0; ; drop++) {
            int mask = 0xff >> drop << drop;
            int keep = mask << 16 | mask << 8 | mask;
            int fill = (1 << drop) - 1;
            int lift = fill << 16 | fill << 8 | fill;
            Map<Integer, Integer> palette = new LinkedHashMap<>();
            for (int y = 0; y < indices.length && palette.size() <= 256; y++) {
                for (int x = 0; x < indices[y].length; x++) {
                    int rgb = image.getRGB(x, y) & keep;
                    // White and the brightest shades stay so.
                    rgb |= (rgb & 0x800000) != 0 && (rgb & 0x8000) != 0 && (rgb & 0x80) != 0 ? lift : 0;
                    indices[y][x] = palette.computeIfAbsent(rgb, k -> palette.size());
                }
            }
            if (palette.size() <= 256) {
                return palette;
            }
        }
    }
}
