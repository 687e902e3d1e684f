package io.retrograd.lib.pyplot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No keyword of pyplot is taken and forgotten: each changes the picture, is said not to be drawn, or is a mistake. */
final class KeywordsTest {
    private static final String BEGIN = "import numpy as np\nimport matplotlib\nimport matplotlib.pyplot as plt\n"
            + "import matplotlib.gridspec as gridspec\nimport matplotlib.patches as patches\nfrom matplotlib.ticker import *\n"
            + "x = np.linspace(0, 3, 12)\nZ = np.outer(np.sin(x), np.cos(x))\n";

    @TempDir
    private Path folder;

    private TestWorld world;

    private byte[] picture(String statements) throws IOException {
        Files.deleteIfExists(folder.resolve("p.png"));
        world = new TestWorld(folder);
        String script = BEGIN + statements.replace("; ", "\n") + "\nplt.savefig('p.png', dpi=40)\n";
        Evaluator.of(world).run(new Source("test.nn", script));
        return Files.readAllBytes(folder.resolve("p.png"));
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plt.plot(x, x)                      | plt.plot(x, x, linewidth=4)",
        "plt.plot(x, x)                      | plt.plot(x, x, linestyle='--')",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.minorticks_on()",
        "plt.plot(x, x * 1e6); plt.ticklabel_format(style='plain') | plt.plot(x, x * 1e6)",
        "plt.plot(x, x * 99)                 | plt.plot(x, x * 99); plt.ticklabel_format(style='sci', axis='y', scilimits=(0, 0))",
        "plt.hist2d(x, x)                    | plt.hist2d(x, x); plt.colorbar()",
        "plt.imshow(Z)                       | plt.matshow(Z)",
        "plt.text(.5, .5, 'a', bbox=dict(facecolor='y')) | plt.text(.5, .5, 'a', bbox=dict(facecolor='y'), rotation=30)",
        "plt.plot(x, x)                      | plt.plot(x, x, dashes=[4, 2])",
        "plt.plot(x, x)                      | plt.plot(x, x, color='r')",
        "plt.plot(x, x)                      | plt.plot(x, x, alpha=.3)",
        "plt.plot(x, x)                      | plt.plot(x, x, marker='s')",
        "plt.plot(x, x)                      | plt.plot(x, x, drawstyle='steps')",
        "plt.plot(x, x, 'o')                 | plt.plot(x, x, 'o', markersize=12)",
        "plt.plot(x, x, 'o')                 | plt.plot(x, x, 'o', markerfacecolor='w')",
        "plt.plot(x, x, 'o')                 | plt.plot(x, x, 'o', markeredgecolor='r')",
        "plt.plot(x, x, 'o', mec='r')        | plt.plot(x, x, 'o', mec='r', markeredgewidth=4)",
        "plt.plot(x, x); plt.plot(x, 3-x, lw=9) | plt.plot(x, x, zorder=9); plt.plot(x, 3-x, lw=9)",
        "plt.plot(x, x, visible=True)        | plt.plot(x, x, visible=False)",
        "plt.scatter(x, x)                   | plt.scatter(x, x, s=200)",
        "plt.scatter(x, x)                   | plt.scatter(x, x, c=x)",
        "plt.scatter(x, x, c=x)              | plt.scatter(x, x, c=x, cmap='jet')",
        "plt.scatter(x, x, c=x)              | plt.scatter(x, x, c=x, vmax=9)",
        "plt.scatter(x, x, s=99)             | plt.scatter(x, x, s=99, edgecolors='r')",
        "plt.scatter(x, x, s=99, edgecolors='r') | plt.scatter(x, x, s=99, edgecolors='r', linewidths=5)",
        "plt.scatter(x, x, s=99)             | plt.scatter(x, x, s=99, marker='^')",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], yerr=.5)",
        "plt.bar([1, 2], [3, 4], yerr=.5)    | plt.bar([1, 2], [3, 4], yerr=.5, capsize=8)",
        "plt.bar([1, 2], [3, 4], yerr=.5)    | plt.bar([1, 2], [3, 4], yerr=.5, ecolor='r')",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], hatch='/')",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], edgecolor='k')",
        "plt.bar([1, 2], [3, 4], edgecolor='k') | plt.bar([1, 2], [3, 4], edgecolor='k', linewidth=5)",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], width=.3)",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], bottom=1)",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], align='edge')",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], tick_label=['p', 'q'])",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], log=True)",
        "plt.bar([1, 2], [3, 4])             | plt.bar([1, 2], [3, 4], color=['r', 'g'])",
        "plt.barh([1, 2], [3, 4])            | plt.barh([1, 2], [3, 4], xerr=1)",
        "plt.hist(x * x)                     | plt.hist(x * x, bins=4)",
        "plt.hist(x * x)                     | plt.hist(x * x, rwidth=.5)",
        "plt.hist(x * x)                     | plt.hist(x * x, cumulative=True)",
        "plt.hist(x * x)                     | plt.hist(x * x, histtype='step')",
        "plt.hist(x * x)                     | plt.hist(x * x, density=True)",
        "plt.hist(x * x)                     | plt.hist(x * x, weights=x)",
        "plt.hist(x * x)                     | plt.hist(x * x, align='left')",
        "plt.hist(x * x)                     | plt.hist(x * x, orientation='horizontal')",
        "plt.hist(x * x)                     | plt.hist(x * x, bottom=2)",
        "plt.hist(x * x)                     | plt.hist(x * x, range=(0, 2))",
        "plt.hist([x, x * x])                | plt.hist([x, x * x], stacked=True)",
        "plt.errorbar(x, x)                  | plt.errorbar(x, x, yerr=.4)",
        "plt.errorbar(x, x, yerr=.4)         | plt.errorbar(x, x, yerr=.4, capsize=5)",
        "plt.errorbar(x, x, yerr=.4)         | plt.errorbar(x, x, yerr=.4, ecolor='r')",
        "plt.errorbar(x, x, yerr=.4)         | plt.errorbar(x, x, yerr=.4, elinewidth=5)",
        "plt.errorbar(x, x, yerr=.4)         | plt.errorbar(x, x, yerr=.4, fmt='none')",
        "plt.imshow(Z)                       | plt.imshow(Z, cmap='gray')",
        "plt.imshow(Z)                       | plt.imshow(Z, interpolation='bilinear')",
        "plt.imshow(Z)                       | plt.imshow(Z, origin='lower')",
        "plt.imshow(Z)                       | plt.imshow(Z, extent=[0, 1, 0, 1])",
        "plt.imshow(Z)                       | plt.imshow(Z, vmin=0)",
        "plt.imshow(Z)                       | plt.imshow(Z, aspect='auto')",
        "plt.imshow(Z)                       | plt.imshow(Z, alpha=.4)",
        "plt.imshow(Z)                       | plt.imshow(Z); plt.colorbar()",
        "plt.imshow(Z); plt.colorbar()       | plt.imshow(Z); plt.colorbar(shrink=.5)",
        "plt.imshow(Z); plt.colorbar()       | plt.imshow(Z); plt.colorbar(label='l')",
        "plt.imshow(Z); plt.colorbar()       | plt.imshow(Z); plt.colorbar(ticks=[0])",
        "plt.imshow(Z); plt.colorbar()       | plt.imshow(Z); plt.colorbar(orientation='horizontal')",
        "plt.contour(Z)                      | plt.contour(Z, levels=[0])",
        "plt.contour(Z)                      | plt.contour(Z, colors='k')",
        "plt.contour(Z)                      | plt.contour(Z, linewidths=4)",
        "plt.contour(Z)                      | plt.contour(Z, linestyles='dotted')",
        "plt.contour(Z)                      | plt.clabel(plt.contour(Z))",
        "plt.contourf(Z)                     | plt.contourf(Z, 3)",
        "plt.contourf(Z, [0, .5])            | plt.contourf(Z, [0, .5], extend='both')",
        "plt.contourf(Z)                     | plt.contourf(Z, hatches=['/'])",
        "plt.fill_between(x, x)              | plt.fill_between(x, x, where=x > 1)",
        "plt.fill_between(x, x)              | plt.fill_between(x, x, hatch='x')",
        "plt.fill_between(x, x)              | plt.fill_between(x, x, step='pre')",
        "plt.pie([1, 2])                     | plt.pie([1, 2], explode=[0, .3])",
        "plt.pie([1, 2])                     | plt.pie([1, 2], labels=['a', 'b'])",
        "plt.pie([1, 2])                     | plt.pie([1, 2], autopct='%d')",
        "plt.pie([1, 2])                     | plt.pie([1, 2], startangle=90)",
        "plt.pie([1, 2])                     | plt.pie([1, 2], shadow=True)",
        "plt.text(.5, .5, 'a')               | plt.text(.5, .5, 'a', fontsize=30)",
        "plt.text(.5, .5, 'a')               | plt.text(.5, .5, 'a', rotation=45)",
        "plt.text(.5, .5, 'a')               | plt.text(.5, .5, 'a', ha='right')",
        "plt.text(.5, .5, 'a')               | plt.text(.5, .5, 'a', va='top')",
        "plt.text(.5, .5, 'a')               | plt.text(.5, .5, 'a', bbox=dict(facecolor='r'))",
        "plt.text(.5, .5, 'a')               | plt.text(.5, .5, 'a', weight='bold')",
        "plt.text(.5, .5, 'a')               | plt.text(.5, .5, 'a', fontdict={'color': 'red'})",
        "plt.annotate('a', (.5, .5), (.1, .1)) | plt.annotate('a', (.5, .5), (.1, .1), arrowprops={})",
        "plt.annotate('a', (.5, .5), (.1, .1), arrowprops={}) | plt.annotate('a', (.5, .5), (.1, .1), arrowprops=dict(arrowstyle='->'))",
        "plt.plot(x, x, label='a'); plt.legend() | plt.plot(x, x, label='a'); plt.legend(loc='lower right')",
        "plt.plot(x, x, label='a'); plt.legend() | plt.plot(x, x, label='a'); plt.legend(frameon=False)",
        "plt.plot(x, x, label='a'); plt.legend() | plt.plot(x, x, label='a'); plt.legend(title='t')",
        "plt.plot(x, x, label='a'); plt.legend() | plt.plot(x, x, label='a'); plt.legend(fontsize=20)",
        "plt.plot(x, x, label='a'); plt.legend() | plt.plot(x, x, label='a'); plt.legend(bbox_to_anchor=(.5, .5))",
        "plt.title('t')                      | plt.title('t', loc='left')",
        "plt.title('t')                      | plt.title('t', fontsize=30)",
        "plt.xlabel('t')                     | plt.xlabel('t', labelpad=20)",
        "plt.xlabel('t')                     | plt.xlabel('t', color='r')",
        "plt.ylabel('t')                     | plt.ylabel('t', rotation=0)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.grid()",
        "plt.plot(x, x); plt.grid()          | plt.plot(x, x); plt.grid(axis='y')",
        "plt.plot(x, x); plt.grid()          | plt.plot(x, x); plt.grid(color='r', linestyle=':')",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.xlim(0, 1)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.xticks([0, 1], ['a', 'b'])",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.xticks(rotation=45)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.yscale('symlog')",
        "plt.plot(x, x + 1)                  | plt.semilogy(x, x + 1)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.margins(.5)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.axis('equal')",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.axis('off')",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.tick_params(direction='in')",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.tick_params(labelsize=20)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.tick_params(labelbottom=False)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.tight_layout()",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.subplots_adjust(left=.4)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.gca().spines['top'].set_visible(False)",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.gca().xaxis.set_major_locator(MultipleLocator(1))",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.gca().yaxis.set_major_formatter(FormatStrFormatter('%.3f'))",
        "plt.plot(x, x)                      | plt.plot(x, x); plt.twinx().plot(x, 9 - x)",
        "plt.plot(x, x)                      | plt.rcParams['lines.linewidth'] = 5; plt.plot(x, x)",
        "plt.plot(x, x)                      | plt.rc('axes', facecolor='yellow'); plt.plot(x, x)",
        "plt.plot(x, x)                      | plt.rc('font', size=20); plt.plot(x, x)",
        "plt.plot(x, x)                      | plt.rcParams.update({'axes.grid': True}); plt.plot(x, x)",
        "plt.plot(x, x)                      | plt.style.use('ggplot'); plt.plot(x, x)",
        "plt.figure(); plt.plot(x, x)        | plt.figure(facecolor='c'); plt.plot(x, x)",
        "plt.figure(); plt.plot(x, x)        | plt.figure(tight_layout=True); plt.plot(x, x)",
        "g = gridspec.GridSpec(1, 2); plt.subplot(g[0]) | g = gridspec.GridSpec(1, 2); g.update(wspace=2); plt.subplot(g[0])",
        "g = gridspec.GridSpec(1, 2); plt.subplot(g[0]) | g = gridspec.GridSpec(1, 2, width_ratios=[3, 1]); plt.subplot(g[0])",
        "plt.subplots(1, 2)                  | plt.subplots(1, 2, sharey=True)",
        "plt.subplots(1, 2)                  | plt.subplots(1, 2, gridspec_kw={'wspace': 1})",
        "plt.axes().add_patch(patches.Rectangle((0, 0), .5, .5)) | plt.axes().add_patch(patches.Rectangle((0, 0), .5, .5, fill=False))",
        "plt.axes().add_patch(patches.Rectangle((0, 0), .5, .5)) | plt.axes().add_patch(patches.Rectangle((0, 0), .5, .5, angle=20))",
        "plt.axes().add_patch(patches.Rectangle((0, 0), .5, .5)) | plt.axes().add_patch(patches.Rectangle((0, 0), .5, .5, hatch='o'))",
        "plt.gca().set_title('a')            | plt.suptitle('a')",
        "l, = plt.plot(x, x)                 | l, = plt.plot(x, x); l.set_ydata(3 - x)",
        "l, = plt.plot(x, x)                 | l, = plt.plot(x, x); l.remove()",
        "l, = plt.plot(x, x)                 | l, = plt.plot(x, x); plt.gca().lines.remove(l)",
        "l, = plt.plot(x, x)                 | l, = plt.plot(x, x); plt.setp(l, linewidth=9)"
    })
    void eachOneIsSeen(String without, String with) throws IOException {
        byte[] before = picture(without);
        assertEquals("", world.written());
        assertFalse(Arrays.equals(before, picture(with)), "nothing changed");
        assertEquals("", world.written());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plt.plot(x, x, path_effects=[1])    | UserWarning: Line2D: 'path_effects' is not drawn here",
        "plt.rcParams['xtick.minor.size'] = 3 | UserWarning: the rc parameter 'xtick.minor.size' is not drawn here",
        "plt.legend()                        | UserWarning: No handles with labels found to put in legend.",
        "plt.colorbar(plt.imshow(Z), extend='both') | UserWarning: colorbar: 'extend' is not drawn here"
    })
    void orIsSaidNotToBeDrawn(String statements, String said) throws IOException {
        picture(statements);
        assertTrue(world.written().contains(said), world.written());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plt.plot(x, x, widht=3)             | Unknown property widht",
        "plt.plot(x, x[1:])                  | x and y must have same first dimension, but have shapes (12,) and (11,)",
        "plt.plot(x, x, 'q-')                | 'q-' is not a valid format string (unrecognized character 'q')",
        "plt.plot(x, x, color='rd')          | Invalid RGBA argument: 'rd'",
        "plt.plot(x, x, marker='Q')          | Unrecognized marker style 'Q'",
        "plt.scatter(x, x[1:])               | x and y must be the same size",
        "plt.imshow(x)                       | Invalid dimensions for image data",
        "plt.contour(x)                      | Input must be 2D, not 1D.",
        "plt.contour(Z, levels=[1, 0])       | Contour levels must be increasing",
        "plt.legend(loc='middle')            | Unrecognized location 'middle'.",
        "plt.subplot(2, 2, 5)                | num must be 1 <= num <= 4, not 5",
        "plt.xscale('cubic')                 | Unknown scale type 'cubic'",
        "plt.imshow(Z, cmap='grey2')         | Colormap grey2 is not recognized.",
        "plt.rcParams['no.such'] = 1         | no.such is not a valid rc parameter.",
        "plt.style.use('nice')               | 'nice' not found in the style library",
        "plt.savefig('x.pdf')                | Format 'pdf' is not supported (supported formats: jpeg, jpg, png, svg)",
        "plt.savefig('no/x.png')             | [Errno 2] No such file or directory: 'no/x.png'",
        "plt.colorbar()                      | No mappable was found to use for colorbar creation."
    })
    void orIsAMistake(String statements, String message) {
        NnError error = Assertions.assertThrows(NnError.class, () -> picture(statements));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }

    @Test
    void writesSvgAndAnimations() throws IOException {
        world = new TestWorld(folder);
        Evaluator.of(world).run(new Source("test.nn", BEGIN
                + "import matplotlib.animation as animation\n"
                + "fig = plt.figure(); line, = plt.plot(x, x, label='a<b'); plt.legend(); plt.savefig('p.svg')\n"
                + "a = animation.FuncAnimation(fig, lambda i: line.set_ydata(x * i), frames=3)\n"
                + "a.save('a.gif', fps=5)\nplt.show()\n"));
        String svg = Files.readString(folder.resolve("p.svg"));
        assertTrue(svg.contains("<svg") && svg.contains("a&lt;b"), "the legend's text");
        byte[] gif = Files.readAllBytes(folder.resolve("a.gif"));
        assertEquals("GIF89a", new String(gif, 0, 6, StandardCharsets.US_ASCII));
        int frames = 0;
        for (int i = 0; i + 3 < gif.length; i++) {
            frames += gif[i] == 0x21 && gif[i + 1] == (byte) 0xf9 && gif[i + 2] == 4 ? 1 : 0;
        }
        assertEquals(3, frames);
        assertEquals("", world.written());
    }

    @ParameterizedTest(name = "{0} marks with {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plt.plot(x, x * 1e6)                     | >1e6<",
        "plt.plot(x, x * 1e-5)                    | >1e−5<",
        "plt.plot(x, x * 1e5)                     | >300000<",
        "plt.plot(x, x * 1e6); plt.ticklabel_format(style='plain') | >3000000<",
        "plt.matshow(Z[:3, :3])                   | >2<",
    })
    void marksShareAPowerOfTenWhereMatplotlibSaysSo(String statements, String text) throws IOException {
        world = new TestWorld(folder);
        Evaluator.of(world).run(new Source("test.nn", BEGIN + statements.replace("; ", "\n") + "\nplt.savefig('p.svg')\n"));
        String svg = Files.readString(folder.resolve("p.svg")).replaceAll("\\s*([<>])\\s*", "$1");
        assertTrue(svg.contains(text), svg);
    }

    @Test
    void aGridIsWalkedInReadingOrder() throws IOException {
        byte[] walked = picture("for g, n in zip(gridspec.GridSpec(2, 2), range(4)): plt.subplot(g).set_title(str(n))");
        byte[] indexed = picture("g = gridspec.GridSpec(2, 2); for n in range(4): plt.subplot(g[n]).set_title(str(n))");
        assertTrue(Arrays.equals(indexed, walked));
    }
}
