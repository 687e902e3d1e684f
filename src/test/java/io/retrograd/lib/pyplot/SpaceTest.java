package io.retrograd.lib.pyplot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axes of three dimensions, and the small things around axes that scripts ask for. */
final class SpaceTest {
    private static BufferedImage picture(Path folder, String draw) throws IOException {
        Path file = folder.resolve("a.png");
        new ScriptRun().run("from mpl_toolkits.mplot3d import Axes3D\nimport numpy as np, matplotlib.pyplot as plt\n"
                + "fig = plt.figure()\nax = fig.add_subplot(111, projection='3d')\n" + draw
                + "\nplt.savefig('" + file.toString().replace('\\', '/') + "')");
        return ImageIO.read(file.toFile());
    }

    private static int count(BufferedImage image, int rgb) {
        int n = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            n += (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff) == rgb ? 1 : 0;
        }
        return n;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ax.scatter([0, 1], [0, 1], [0, 1], s=400, c='r') | ff0000 | 500",
                "ax.plot([0, 1], [0, 1], zs=[0, 1], c='r', lw=5) | ff0000 | 500",
                "X, Y = np.meshgrid([0., 1.], [0., 1.]); ax.plot_surface(X, Y, X, color='r') | ff0000 | 1000",
                "ax.text(0.5, 0.5, 0.5, 'here', backgroundcolor='r') | ff0000 | 100",
            })
    void draws(String statement, String colour, int least, @TempDir Path folder) throws IOException {
        int found = count(picture(folder, statement), Integer.parseInt(colour, 16));
        assertTrue(found >= least, () -> found + " pixels of " + colour + " instead of " + least);
    }

    @Test
    void hidesWhatIsBehind(@TempDir Path folder) throws IOException {
        String wall = "ax.set_xlim(0, 1); ax.set_ylim(0, 1); ax.set_zlim(0, 1); ax.view_init(0, 0)\n"
                + "Y, Z = np.meshgrid([0.2, 0.8], [0.2, 0.8])\n"
                + "ax.plot_surface(Y * 0 + 0.5, Y, Z, color='b')\n";
        assertTrue(count(picture(folder, wall + "ax.scatter(1, 0.5, 0.5, s=200, c='r')"), 0xff0000) > 50);
        assertEquals(0, count(picture(folder, wall + "ax.scatter(0, 0.5, 0.5, s=200, c='r')"), 0xff0000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type(plt.imshow([[1, 2]])).__name__ | AxesImage",
                "type(plt.scatter([1], [2])).__name__ | PathCollection",
                "matplotlib.font_manager.FontProperties(fname='x.otf').get_name() | sans-serif",
                "sorted(plt.gca().spines) | ['bottom', 'left', 'right', 'top']",
            })
    void answers(String expression, String expected) {
        ScriptRun run = new ScriptRun();
        run.run("import matplotlib, matplotlib.pyplot as plt\nresult = " + expression);
        assertEquals(expected, Semantics.str(run.machine(), run.variable("result")));
    }
}
