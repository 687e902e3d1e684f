package io.retrograd.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which terminals get which escape sequences, and that a terminal could read the picture back from them. */
final class InlineImageTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "TERM=xterm-256color                       | NONE",
        "TERM=xterm-kitty                          | KITTY",
        "TERM=xterm-256color KITTY_WINDOW_ID=1     | KITTY",
        "TERM=xterm-ghostty                        | KITTY",
        "TERM=xterm-256color TERM_PROGRAM=iTerm.app | ITERM2",
        "TERM=xterm-256color LC_TERMINAL=iTerm2    | ITERM2",
        "TERM=xterm-256color TERM_PROGRAM=WezTerm  | ITERM2",
        "TERM=foot                                 | SIXEL",
        "TERM=xterm-sixel                          | SIXEL",
        "TERM=mlterm                               | SIXEL",
        "TERM=screen-256color KITTY_WINDOW_ID=1    | NONE",
        "TERM=xterm-kitty TMUX=/tmp/x              | NONE",
        "TERM=dumb NN_GRAPHICS=sixel               | SIXEL",
        "TERM=xterm-kitty NN_GRAPHICS=none         | NONE"
    })
    void knowsTheTerminal(String environment, InlineImage expected) {
        Map<String, String> all = new HashMap<>();
        for (String each : environment.split(" +")) {
            all.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        assertEquals(expected, InlineImage.of(all));
    }

    private static BufferedImage picture() {
        BufferedImage image = new BufferedImage(40, 13, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 13; y++) {
            for (int x = 0; x < 40; x++) {
                image.setRGB(x, y, y < 5 ? 0xffffff : x < 20 ? 0xff0000 : x % 2 == 0 ? 0x0000ff : 0x00ff00);
            }
        }
        return image;
    }

    private static void assertSame(BufferedImage expected, BufferedImage actual) {
        int w = expected.getWidth();
        int h = expected.getHeight();
        assertArrayEquals(expected.getRGB(0, 0, w, h, null, 0, w), actual.getRGB(0, 0, w, h, null, 0, w));
    }

    @Test
    void kittyGetsAPngInPieces() throws IOException {
        BufferedImage noise = new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 4800; i++) {
            noise.setRGB(i % 80, i / 80, i * 2654435 & 0xffffff);
        }
        String text = InlineImage.KITTY.sequence(noise);
        assertTrue(text.startsWith("\u001b_Ga=T,f=100,q=2,m=1;"), "more pieces follow the first");
        StringBuilder data = new StringBuilder();
        String[] pieces = text.strip().split("\u001b\\\\");
        for (int i = 0; i < pieces.length; i++) {
            String control = pieces[i].substring(0, pieces[i].indexOf(';'));
            assertTrue(control.startsWith("\u001b_G"), control);
            assertTrue(control.endsWith(i == pieces.length - 1 ? "m=0" : "m=1"), control);
            String piece = pieces[i].substring(pieces[i].indexOf(';') + 1);
            assertTrue(piece.length() <= 4096, "a piece is too long");
            data.append(piece);
        }
        assertSame(noise, ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data.toString()))));
    }

    @Test
    void itermGetsAPng() throws IOException {
        String text = InlineImage.ITERM2.sequence(picture());
        String head = "\u001b]1337;File=inline=1;size=";
        assertTrue(text.startsWith(head) && text.endsWith("\u0007\n"), text);
        byte[] png = Base64.getDecoder().decode(text.substring(text.indexOf(':') + 1, text.length() - 2));
        assertEquals(png.length, Integer.parseInt(text.substring(head.length(), text.indexOf(':'))));
        assertSame(picture(), ImageIO.read(new ByteArrayInputStream(png)));
    }

    @Test
    void sixelTerminalsGetDots() {
        String text = InlineImage.SIXEL.sequence(picture());
        assertTrue(text.startsWith("\u001bPq\"1;1;40;13") && text.endsWith("\u001b\\\n"), text);
        assertSame(picture(), decoded(text.substring(text.indexOf("40;13") + 5, text.length() - 3), 40, 13));
    }

    /** What a terminal makes of sixels. */
    private static BufferedImage decoded(String sixels, int w, int h) {
        BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        Map<Integer, Integer> palette = new HashMap<>();
        int color = 0;
        int x = 0;
        int y = 0;
        int i = 0;
        while (i < sixels.length()) {
            char c = sixels.charAt(i++);
            if (c == '#' || c == '!') {
                int from = i;
                while (Character.isDigit(sixels.charAt(i)) || sixels.charAt(i) == ';') {
                    i++;
                }
                String[] numbers = sixels.substring(from, i).split(";");
                if (c == '#') {
                    color = Integer.parseInt(numbers[0]);
                    if (numbers.length == 5) {
                        palette.put(color, channel(numbers[2]) << 16 | channel(numbers[3]) << 8 | channel(numbers[4]));
                    }
                } else {
                    char repeated = sixels.charAt(i++);
                    for (int n = Integer.parseInt(numbers[0]); n > 0; n--) {
                        dots(image, x++, y, repeated, palette.get(color));
                    }
                }
            } else if (c == '$') {
                x = 0;
            } else if (c == '-') {
                x = 0;
                y += 6;
            } else {
                dots(image, x++, y, c, palette.get(color));
            }
        }
        return image;
    }

    private static int channel(String percent) {
        return Math.round(Integer.parseInt(percent) * 255 / 100f);
    }

    private static void dots(BufferedImage image, int x, int y, char sixel, int rgb) {
        for (int k = 0; k < 6; k++) {
            if ((sixel - 63 >> k & 1) == 1) {
                image.setRGB(x, y + k, rgb);
            }
        }
    }
}
