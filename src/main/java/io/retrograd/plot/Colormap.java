package io.retrograd.plot;

import java.awt.Color;
import java.util.List;
import java.util.Optional;

/** A scale of colours between stops at equal distances, for values from 0 to 1. */
public record Colormap(String name, int[] stops, boolean steps) {

    /** A map of these colours, in steps: each has an equal part of the range. */
    public static Colormap listed(String name, int[] colors) {
        return new Colormap(name, colors, true);
    }

    /** A map that goes evenly through these colours. */
    public static Colormap smooth(String name, int[] colors) {
        return new Colormap(name, colors.length == 1 ? new int[] {colors[0], colors[0]} : colors, false);
    }

    /** The map in n steps. */
    public Colormap resampled(int n) {
        int[] colors = new int[n];
        for (int i = 0; i < n; i++) {
            colors[i] = at(n == 1 ? 0 : (double) i / (n - 1)).getRGB() & 0xffffff;
        }
        return listed(name, colors);
    }

    private static boolean isListed(String name) {
        return List.of("Paired", "Set1", "Set2", "Set3", "tab10", "tab20", "Accent", "Dark2", "Pastel1").contains(name);
    }

    /** The colour map of that name; {@code _r} at the end turns it round. Empty if there is none. */
    public static Optional<Colormap> named(String name) {
        boolean reversed = name.endsWith("_r");
        int[] stops = stops(reversed ? name.substring(0, name.length() - 2) : name);
        if (stops == null) {
            return Optional.empty();
        }
        if (reversed) {
            int[] turned = new int[stops.length];
            for (int i = 0; i < stops.length; i++) {
                turned[i] = stops[stops.length - 1 - i];
            }
            stops = turned;
        }
        return Optional.of(new Colormap(name, stops, isListed(reversed ? name.substring(0, name.length() - 2) : name)));
    }

    private static int[] stops(String name) {
        return switch (name) {
            case "viridis" -> new int[] {0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725};
            case "plasma" -> new int[] {0x0d0887, 0x41049d, 0x6a00a8, 0x8f0da4, 0xb12a90, 0xcc4778, 0xe16462, 0xf2844b, 0xfca636, 0xfcce25, 0xf0f921};
            case "inferno" -> new int[] {0x000004, 0x160b39, 0x420a68, 0x6a176e, 0x932667, 0xbc3754, 0xdd513a, 0xf37819, 0xfca50a, 0xf6d746, 0xfcffa4};
            case "magma" -> new int[] {0x000004, 0x140e36, 0x3b0f70, 0x641a80, 0x8c2981, 0xb73779, 0xde4968, 0xf7705c, 0xfe9f6d, 0xfecf92, 0xfcfdbf};
            case "gray", "grey", "gist_gray" -> new int[] {0x000000, 0xffffff};
            case "Greys" -> new int[] {0xffffff, 0xf0f0f0, 0xd9d9d9, 0xbdbdbd, 0x969696, 0x737373, 0x525252, 0x252525, 0x000000};
            case "binary", "gist_yarg" -> new int[] {0xffffff, 0x000000};
            case "jet" -> new int[] {0x000080, 0x0000ff, 0x0080ff, 0x00ffff, 0x80ff80, 0xffff00, 0xff8000, 0xff0000, 0x800000};
            case "hot" -> new int[] {0x0b0000, 0xff0000, 0xffff00, 0xffffff};
            case "cool" -> new int[] {0x00ffff, 0xff00ff};
            case "spring" -> new int[] {0xff00ff, 0xffff00};
            case "summer" -> new int[] {0x008066, 0xffff66};
            case "autumn" -> new int[] {0xff0000, 0xffff00};
            case "winter" -> new int[] {0x0000ff, 0x00ff80};
            case "bone" -> new int[] {0x000000, 0x545474, 0xa9c8c8, 0xffffff};
            case "rainbow" -> new int[] {0x8000ff, 0x386df9, 0x10a2f0, 0x41d6d6, 0x80feb3, 0xbfe98c, 0xffa256, 0xff4d28, 0xff0000};
            case "coolwarm" -> new int[] {0x3b4cc0, 0x7b9ff9, 0xc0d4f5, 0xdddcdc, 0xf2cbb7, 0xee8468, 0xb40426};
            case "RdBu" -> new int[] {0x67001f, 0xb2182b, 0xd6604d, 0xf4a582, 0xfddbc7, 0xf7f7f7, 0xd1e5f0, 0x92c5de, 0x4393c3, 0x2166ac, 0x053061};
            case "RdYlGn" -> new int[] {0xa50026, 0xd73027, 0xf46d43, 0xfdae61, 0xfee08b, 0xffffbf, 0xd9ef8b, 0xa6d96a, 0x66bd63, 0x1a9850, 0x006837};
            case "RdYlBu" -> new int[] {0xa50026, 0xd73027, 0xf46d43, 0xfdae61, 0xfee090, 0xffffbf, 0xe0f3f8, 0xabd9e9, 0x74add1, 0x4575b4, 0x313695};
            case "Spectral" -> new int[] {0x9e0142, 0xd53e4f, 0xf46d43, 0xfdae61, 0xfee08b, 0xffffbf, 0xe6f598, 0xabdda4, 0x66c2a5, 0x3288bd, 0x5e4fa2};
            case "Blues" -> new int[] {0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b};
            case "Greens" -> new int[] {0xf7fcf5, 0xe5f5e0, 0xc7e9c0, 0xa1d99b, 0x74c476, 0x41ab5d, 0x238b45, 0x006d2c, 0x00441b};
            case "Reds" -> new int[] {0xfff5f0, 0xfee0d2, 0xfcbba1, 0xfc9272, 0xfb6a4a, 0xef3b2c, 0xcb181d, 0xa50f15, 0x67000d};
            case "Oranges" -> new int[] {0xfff5eb, 0xfee6ce, 0xfdd0a2, 0xfdae6b, 0xfd8d3c, 0xf16913, 0xd94801, 0xa63603, 0x7f2704};
            case "Purples" -> new int[] {0xfcfbfd, 0xefedf5, 0xdadaeb, 0xbcbddc, 0x9e9ac8, 0x807dba, 0x6a51a3, 0x54278f, 0x3f007d};
            case "Set1" -> new int[] {0xe41a1c, 0x377eb8, 0x4daf4a, 0x984ea3, 0xff7f00, 0xffff33, 0xa65628, 0xf781bf, 0x999999};
            case "Set2" -> new int[] {0x66c2a5, 0xfc8d62, 0x8da0cb, 0xe78ac3, 0xa6d854, 0xffd92f, 0xe5c494, 0xb3b3b3};
            case "Set3" -> new int[] {0x8dd3c7, 0xffffb3, 0xbebada, 0xfb8072, 0x80b1d3, 0xfdb462, 0xb3de69, 0xfccde5, 0xd9d9d9, 0xbc80bd, 0xccebc5, 0xffed6f};
            case "Dark2" -> new int[] {0x1b9e77, 0xd95f02, 0x7570b3, 0xe7298a, 0x66a61e, 0xe6ab02, 0xa6761d, 0x666666};
            case "Accent" -> new int[] {0x7fc97f, 0xbeaed4, 0xfdc086, 0xffff99, 0x386cb0, 0xf0027f, 0xbf5b17, 0x666666};
            case "Pastel1" -> new int[] {0xfbb4ae, 0xb3cde3, 0xccebc5, 0xdecbe4, 0xfed9a6, 0xffffcc, 0xe5d8bd, 0xfddaec, 0xf2f2f2};
            case "tab10" -> new int[] {0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22, 0x17becf};
            case "tab20" -> new int[] {0x1f77b4, 0xaec7e8, 0xff7f0e, 0xffbb78, 0x2ca02c, 0x98df8a, 0xd62728, 0xff9896, 0x9467bd, 0xc5b0d5,
                0x8c564b, 0xc49c94, 0xe377c2, 0xf7b6d2, 0x7f7f7f, 0xc7c7c7, 0xbcbd22, 0xdbdb8d, 0x17becf, 0x9edae5};
            case "Paired" -> new int[] {0xa6cee3, 0x1f78b4, 0xb2df8a, 0x33a02c, 0xfb9a99, 0xe31a1c, 0xfdbf6f, 0xff7f00, 0xcab2d6, 0x6a3d9a, 0xffff99, 0xb15928};
            case "PuBu" -> new int[] {0xfff7fb, 0xece7f2, 0xd0d1e6, 0xa6bddb, 0x74a9cf, 0x3690c0, 0x0570b0, 0x045a8d, 0x023858};
            case "BuGn" -> new int[] {0xf7fcfd, 0xe5f5f9, 0xccece6, 0x99d8c9, 0x66c2a4, 0x41ae76, 0x238b45, 0x006d2c, 0x00441b};
            case "YlGn" -> new int[] {0xffffe5, 0xf7fcb9, 0xd9f0a3, 0xaddd8e, 0x78c679, 0x41ab5d, 0x238443, 0x006837, 0x004529};
            case "YlGnBu" -> new int[] {0xffffd9, 0xedf8b1, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x1d91c0, 0x225ea8, 0x253494, 0x081d58};
            case "YlOrRd" -> new int[] {0xffffcc, 0xffeda0, 0xfed976, 0xfeb24c, 0xfd8d3c, 0xfc4e2a, 0xe31a1c, 0xbd0026, 0x800026};
            case "OrRd" -> new int[] {0xfff7ec, 0xfee8c8, 0xfdd49e, 0xfdbb84, 0xfc8d59, 0xef6548, 0xd7301f, 0xb30000, 0x7f0000};
            case "bwr" -> new int[] {0x0000ff, 0xffffff, 0xff0000};
            case "seismic" -> new int[] {0x00004c, 0x0000ff, 0xffffff, 0xff0000, 0x800000};
            case "PiYG" -> new int[] {0x8e0152, 0xc51b7d, 0xde77ae, 0xf1b6da, 0xfde0ef, 0xf7f7f7, 0xe6f5d0, 0xb8e186, 0x7fbc41, 0x4d9221, 0x276419};
            case "PRGn" -> new int[] {0x40004b, 0x762a83, 0x9970ab, 0xc2a5cf, 0xe7d4e8, 0xf7f7f7, 0xd9f0d3, 0xa6dba0, 0x5aae61, 0x1b7837, 0x00441b};
            case "BrBG" -> new int[] {0x543005, 0x8c510a, 0xbf812d, 0xdfc27d, 0xf6e8c3, 0xf5f5f5, 0xc7eae5, 0x80cdc1, 0x35978f, 0x01665e, 0x003c30};
            case "copper" -> new int[] {0x000000, 0x9e6440, 0xffc77f};
            case "pink" -> new int[] {0x1e0000, 0xc38080, 0xe3e3b4, 0xffffff};
            case "brg" -> new int[] {0x0000ff, 0xff0000, 0x00ff00};
            case "terrain" -> terrain();
            case "PuOr" -> new int[] {0x7f3b08, 0xb35806, 0xe08214, 0xfdb863, 0xfee0b6, 0xf7f7f7, 0xd8daeb, 0xb2abd2, 0x8073ac, 0x542788, 0x2d004b};
            case "RdGy" -> new int[] {0x67001f, 0xb2182b, 0xd6604d, 0xf4a582, 0xfddbc7, 0xffffff, 0xe0e0e0, 0xbababa, 0x878787, 0x4d4d4d, 0x1a1a1a};
            case "GnBu" -> new int[] {0xf7fcf0, 0xe0f3db, 0xccebc5, 0xa8ddb5, 0x7bccc4, 0x4eb3d3, 0x2b8cbe, 0x0868ac, 0x084081};
            case "BuPu" -> new int[] {0xf7fcfd, 0xe0ecf4, 0xbfd3e6, 0x9ebcda, 0x8c96c6, 0x8c6bb1, 0x88419d, 0x810f7c, 0x4d004b};
            case "PuRd" -> new int[] {0xf7f4f9, 0xe7e1ef, 0xd4b9da, 0xc994c7, 0xdf65b0, 0xe7298a, 0xce1256, 0x980043, 0x67001f};
            case "RdPu" -> new int[] {0xfff7f3, 0xfde0dd, 0xfcc5c0, 0xfa9fb5, 0xf768a1, 0xdd3497, 0xae017e, 0x7a0177, 0x49006a};
            case "afmhot" -> new int[] {0x000000, 0x800000, 0xff8000, 0xffff80, 0xffffff};
            case "Wistia" -> new int[] {0xe4ff7a, 0xffe81a, 0xffbd00, 0xffa000, 0xfc7f00};
            case "Pastel2" -> new int[] {0xb3e2cd, 0xfdcdac, 0xcbd5e8, 0xf4cae4, 0xe6f5c9, 0xfff2ae, 0xf1e2cc, 0xcccccc};
            case "hsv" -> new int[] {0xff0000, 0xffff00, 0x00ff00, 0x00ffff, 0x0000ff, 0xff00ff, 0xff0000};
            default -> null;
        };
    }

    /** Sea, grass, rock and snow: six colours at uneven places, here on a grid fine enough for them all. */
    private static int[] terrain() {
        double[] at = {0, 0.15, 0.25, 0.5, 0.75, 1};
        int[] colours = {0x333399, 0x0099ff, 0x00cc66, 0xffff99, 0x805c54, 0xffffff};
        int[] stops = new int[21];
        for (int i = 0; i < stops.length; i++) {
            double x = i / 20.0;
            int k = 0;
            while (k < at.length - 2 && x > at[k + 1]) {
                k++;
            }
            double share = (x - at[k]) / (at[k + 1] - at[k]);
            for (int shift = 16; shift >= 0; shift -= 8) {
                stops[i] |= (int) Math.round((colours[k] >> shift & 0xff) * (1 - share) + (colours[k + 1] >> shift & 0xff) * share) << shift;
            }
        }
        return stops;
    }

    /** The names of all maps. */
    public static List<String> names() {
        return List.of("viridis", "plasma", "inferno", "magma", "gray", "gist_gray", "gist_yarg", "binary", "Greys", "jet", "hot", "cool", "spring",
                "summer", "autumn", "winter", "bone", "copper", "pink", "rainbow", "coolwarm", "bwr", "seismic", "RdBu", "RdYlGn", "RdYlBu",
                "Spectral", "PiYG", "PRGn", "BrBG", "Blues", "Greens", "Reds", "Oranges", "Purples", "PuBu", "BuGn", "YlGn", "YlGnBu",
                "YlOrRd", "OrRd", "Paired", "Set1", "Set2", "Set3", "Dark2", "Accent", "Pastel1", "tab10", "tab20", "hsv", "brg", "terrain", "PuOr", "RdGy", "GnBu", "BuPu", "PuRd", "RdPu", "afmhot", "Wistia", "Pastel2");
    }

    /** The colour of a value; NaN is invisible, what lies outside takes the end's colour. */
    public Color at(double value) {
        if (Double.isNaN(value)) {
            return new Color(0, 0, 0, 0);
        }
        if (steps) {
            return new Color(stops[(int) Math.max(0, Math.min(stops.length - 1, Math.floor(value * stops.length)))]);
        }
        double place = Math.max(0, Math.min(1, value)) * (stops.length - 1);
        int low = (int) Math.min(stops.length - 2, Math.floor(place));
        double share = place - low;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double mixed = (stops[low] >> shift & 0xff) * (1 - share) + (stops[low + 1] >> shift & 0xff) * share;
            rgb |= (int) Math.round(mixed) << shift;
        }
        return new Color(rgb);
    }
}
