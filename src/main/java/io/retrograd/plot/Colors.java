package io.retrograd.plot;

import java.awt.Color;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Colours by the names and letters that matplotlib knows. */
public final class Colors {
    /** The colours that lines take in turn. */
    private static final int[] CYCLE = {
        0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22, 0x17becf
    };

    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("b", 0x0000ff), Map.entry("g", 0x008000), Map.entry("r", 0xff0000), Map.entry("c", 0x00bfbf),
            Map.entry("m", 0xbf00bf), Map.entry("y", 0xbfbf00), Map.entry("k", 0x000000), Map.entry("w", 0xffffff),
            Map.entry("blue", 0x0000ff), Map.entry("green", 0x008000), Map.entry("red", 0xff0000),
            Map.entry("cyan", 0x00ffff), Map.entry("magenta", 0xff00ff), Map.entry("yellow", 0xffff00),
            Map.entry("black", 0x000000), Map.entry("white", 0xffffff), Map.entry("gray", 0x808080),
            Map.entry("grey", 0x808080), Map.entry("orange", 0xffa500), Map.entry("purple", 0x800080),
            Map.entry("brown", 0xa52a2a), Map.entry("pink", 0xffc0cb), Map.entry("lime", 0x00ff00),
            Map.entry("navy", 0x000080), Map.entry("teal", 0x008080), Map.entry("olive", 0x808000),
            Map.entry("maroon", 0x800000), Map.entry("silver", 0xc0c0c0), Map.entry("gold", 0xffd700),
            Map.entry("indigo", 0x4b0082), Map.entry("violet", 0xee82ee), Map.entry("salmon", 0xfa8072),
            Map.entry("coral", 0xff7f50), Map.entry("tomato", 0xff6347), Map.entry("orangered", 0xff4500),
            Map.entry("darkorange", 0xff8c00), Map.entry("darkgreen", 0x006400), Map.entry("darkred", 0x8b0000),
            Map.entry("darkblue", 0x00008b), Map.entry("lightblue", 0xadd8e6), Map.entry("lightgreen", 0x90ee90),
            Map.entry("lightgray", 0xd3d3d3), Map.entry("lightgrey", 0xd3d3d3), Map.entry("darkgray", 0xa9a9a9),
            Map.entry("skyblue", 0x87ceeb), Map.entry("steelblue", 0x4682b4), Map.entry("royalblue", 0x4169e1),
            Map.entry("crimson", 0xdc143c), Map.entry("turquoise", 0x40e0d0), Map.entry("khaki", 0xf0e68c),
            Map.entry("beige", 0xf5f5dc), Map.entry("tan", 0xd2b48c), Map.entry("chocolate", 0xd2691e));

    private Colors() {}

    /** The colour that the n-th line takes by itself. */
    public static Color cycle(int n) {
        return new Color(CYCLE[Math.floorMod(n, CYCLE.length)]);
    }

    /** {@code 'r'}, {@code 'red'}, {@code 'C1'}, {@code '#1f77b4'}, {@code '0.5'}; empty if it is none of these. */
    public static Optional<Color> named(String text) {
        String s = text.trim().toLowerCase(Locale.ROOT);
        if (s.startsWith("tab:")) {
            int i = java.util.List.of("blue", "orange", "green", "red", "purple", "brown", "pink", "gray", "olive", "cyan")
                    .indexOf(s.substring(4));
            return i < 0 ? Optional.empty() : Optional.of(cycle(i));
        }
        if (s.length() == 2 && s.charAt(0) == 'c' && Character.isDigit(s.charAt(1))) {
            return Optional.of(cycle(s.charAt(1) - '0'));
        }
        if (s.equals("none")) {
            return Optional.of(new Color(0, 0, 0, 0));
        }
        Integer rgb = NAMES.get(s);
        if (rgb != null) {
            return Optional.of(new Color(rgb));
        }
        try {
            if (s.startsWith("#") && (s.length() == 7 || s.length() == 4)) {
                String hex = s.length() == 7
                        ? s.substring(1)
                        : "" + s.charAt(1) + s.charAt(1) + s.charAt(2) + s.charAt(2) + s.charAt(3) + s.charAt(3);
                return Optional.of(new Color(Integer.parseInt(hex, 16)));
            }
            float grey = Float.parseFloat(s);
            return grey >= 0 && grey <= 1 ? Optional.of(new Color(grey, grey, grey)) : Optional.empty();
        } catch (NumberFormatException noColour) {
            return Optional.empty();
        }
    }

    /** The colour made see-through: alpha 0 is invisible, 1 opaque. */
    public static Color withAlpha(Color c, double alpha) {
        int a = (int) Math.round(Math.max(0, Math.min(1, alpha)) * c.getAlpha());
        return new Color(c.getRed(), c.getGreen(), c.getBlue(), a);
    }
}
