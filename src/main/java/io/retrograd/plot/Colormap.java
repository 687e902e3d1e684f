package io.retrograd.plot;

import java.awt.Color;
import java.util.Optional;

/** A scale of colours between stops at equal distances, for values from 0 to 1. */
public record Colormap(String name, int[] stops) {

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
        return Optional.of(new Colormap(name, stops));
    }

    private static int[] stops(String name) {
        return switch (name) {
            case "viridis" -> new int[] {0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725};
            case "plasma" -> new int[] {0x0d0887, 0x41049d, 0x6a00a8, 0x8f0da4, 0xb12a90, 0xcc4778, 0xe16462, 0xf2844b, 0xfca636, 0xfcce25, 0xf0f921};
            case "inferno" -> new int[] {0x000004, 0x160b39, 0x420a68, 0x6a176e, 0x932667, 0xbc3754, 0xdd513a, 0xf37819, 0xfca50a, 0xf6d746, 0xfcffa4};
            case "magma" -> new int[] {0x000004, 0x140e36, 0x3b0f70, 0x641a80, 0x8c2981, 0xb73779, 0xde4968, 0xf7705c, 0xfe9f6d, 0xfecf92, 0xfcfdbf};
            case "gray", "grey" -> new int[] {0x000000, 0xffffff};
            case "binary", "Greys" -> new int[] {0xffffff, 0x000000};
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
            case "Paired" -> new int[] {0xa6cee3, 0x1f78b4, 0xb2df8a, 0x33a02c, 0xfb9a99, 0xe31a1c, 0xfdbf6f, 0xff7f00, 0xcab2d6, 0x6a3d9a, 0xffff99, 0xb15928};
            case "hsv" -> new int[] {0xff0000, 0xffff00, 0x00ff00, 0x00ffff, 0x0000ff, 0xff00ff, 0xff0000};
            default -> null;
        };
    }

    /** The colour of a value; NaN is invisible, what lies outside takes the end's colour. */
    public Color at(double value) {
        if (Double.isNaN(value)) {
            return new Color(0, 0, 0, 0);
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
