package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.ListValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** matplotlib's named styles, as far as the rc parameters that are drawn go. */
final class StyleSheets {
    static final List<String> NAMES = List.of("default", "classic", "ggplot", "dark_background", "grayscale", "bmh", "fivethirtyeight",
            "seaborn", "seaborn-darkgrid", "seaborn-whitegrid", "seaborn-white", "seaborn-dark", "seaborn-ticks", "seaborn-paper",
            "seaborn-notebook", "seaborn-talk", "seaborn-poster", "seaborn-deep", "seaborn-muted", "seaborn-bright", "seaborn-pastel",
            "seaborn-colorblind");

    private StyleSheets() {}

    private static CyclerValue colors(String... all) {
        return new CyclerValue(Map.of("color", List.of((Object[]) all)));
    }

    /** The parameters that a style sets; null if there is none of that name. */
    static Map<String, Object> named(String name) {
        Map<String, Object> d = new LinkedHashMap<>();
        switch (name) {
            case "default" -> {}
            case "classic" -> {
                d.put("axes.prop_cycle", colors("b", "g", "r", "c", "m", "y", "k"));
                d.put("figure.facecolor", "0.75");
                d.put("image.cmap", "jet");
                d.put("lines.linewidth", 1.0);
                d.put("xtick.direction", "in");
                d.put("ytick.direction", "in");
                d.put("axes.xmargin", 0.0);
                d.put("axes.ymargin", 0.0);
                d.put("figure.figsize", ListValue.of(8.0, 6.0));
            }
            case "ggplot" -> {
                d.put("axes.prop_cycle", colors("#E24A33", "#348ABD", "#988ED5", "#777777", "#FBC15E", "#8EBA42", "#FFB5B8"));
                d.put("axes.facecolor", "#E5E5E5");
                d.put("axes.edgecolor", "white");
                d.put("axes.linewidth", 1.0);
                d.put("axes.grid", true);
                d.put("axes.titlesize", "x-large");
                d.put("axes.labelsize", "large");
                d.put("axes.labelcolor", "#555555");
                d.put("grid.color", "white");
                d.put("xtick.color", "#555555");
                d.put("ytick.color", "#555555");
                d.put("patch.facecolor", "#348ABD");
                d.put("patch.linewidth", 0.5);
            }
            case "dark_background" -> {
                d.put("axes.prop_cycle", colors("#8dd3c7", "#feffb3", "#bfbbd9", "#fa8174", "#81b1d2", "#fdb462", "#b3de69", "#bc82bd",
                        "#ccebc4", "#ffed6f"));
                d.put("text.color", "white");
                d.put("axes.facecolor", "black");
                d.put("axes.edgecolor", "white");
                d.put("axes.labelcolor", "white");
                d.put("xtick.color", "white");
                d.put("ytick.color", "white");
                d.put("grid.color", "white");
                d.put("figure.facecolor", "black");
                d.put("savefig.facecolor", "black");
                d.put("patch.edgecolor", "white");
            }
            case "grayscale" -> {
                d.put("axes.prop_cycle", colors("0.00", "0.40", "0.60", "0.70"));
                d.put("figure.facecolor", "0.75");
                d.put("image.cmap", "gray");
            }
            case "bmh" -> {
                d.put("axes.prop_cycle", colors("#348ABD", "#A60628", "#7A68A6", "#467821", "#D55E00", "#CC79A7", "#56B4E9", "#009E73",
                        "#F0E442", "#0072B2"));
                d.put("axes.facecolor", "#eeeeee");
                d.put("axes.edgecolor", "#bcbcbc");
                d.put("axes.grid", true);
                d.put("axes.titlesize", "x-large");
                d.put("axes.labelsize", "large");
                d.put("grid.color", "#b2b2b2");
                d.put("grid.linestyle", "--");
                d.put("grid.linewidth", 0.5);
                d.put("lines.linewidth", 2.0);
                d.put("patch.linewidth", 0.5);
                d.put("xtick.direction", "in");
                d.put("ytick.direction", "in");
            }
            case "fivethirtyeight" -> {
                d.put("axes.prop_cycle", colors("#008fd5", "#fc4f30", "#e5ae38", "#6d904f", "#8b8b8b", "#810f7c"));
                d.put("axes.facecolor", "#f0f0f0");
                d.put("axes.edgecolor", "#f0f0f0");
                d.put("axes.grid", true);
                d.put("axes.linewidth", 3.0);
                d.put("axes.labelsize", "large");
                d.put("axes.titlesize", "x-large");
                d.put("figure.facecolor", "#f0f0f0");
                d.put("savefig.facecolor", "#f0f0f0");
                d.put("font.size", 14.0);
                d.put("grid.color", "#cbcbcb");
                d.put("grid.linewidth", 1.0);
                d.put("lines.linewidth", 4.0);
                d.put("xtick.major.size", 0.0);
                d.put("ytick.major.size", 0.0);
            }
            default -> {
                if (!NAMES.contains(name)) {
                    return null;
                }
                seaborn(name, d);
            }
        }
        return d;
    }

    private static void seaborn(String name, Map<String, Object> d) {
        String kind = name.contains("-") ? name.substring(name.indexOf('-') + 1) : "";
        d.put("axes.prop_cycle", switch (kind) {
            case "bright" -> colors("#003FFF", "#03ED3A", "#E8000B", "#8A2BE2", "#FFC400", "#00D7FF");
            case "muted" -> colors("#4878CF", "#6ACC65", "#D65F5F", "#B47CC7", "#C4AD66", "#77BEDB");
            case "pastel" -> colors("#92C6FF", "#97F0AA", "#FF9F9A", "#D0BBFF", "#FFFEA3", "#B0E0E6");
            case "colorblind" -> colors("#0072B2", "#009E73", "#D55E00", "#CC79A7", "#F0E442", "#56B4E9");
            default -> colors("#4C72B0", "#55A868", "#C44E52", "#8172B2", "#CCB974", "#64B5CD");
        });
        boolean palette = List.of("deep", "muted", "bright", "pastel", "colorblind", "paper", "notebook", "talk", "poster").contains(kind);
        boolean dark = kind.isEmpty() || kind.startsWith("dark");
        if (!palette) {
            d.put("axes.facecolor", dark ? "#EAEAF2" : "white");
            d.put("axes.edgecolor", dark ? "white" : "0.8");
            d.put("axes.grid", kind.isEmpty() || kind.endsWith("grid"));
            d.put("axes.linewidth", dark ? 0.0 : 1.0);
            d.put("grid.color", dark ? "white" : "0.8");
            d.put("xtick.major.size", kind.equals("ticks") ? 6.0 : 0.0);
            d.put("ytick.major.size", kind.equals("ticks") ? 6.0 : 0.0);
        }
        double scale = switch (kind) {
            case "paper" -> 0.8;
            case "talk" -> 1.3;
            case "poster" -> 1.6;
            default -> 1;
        };
        if (scale != 1) {
            d.put("font.size", 10.0 * scale);
            d.put("lines.linewidth", 1.75 * scale);
            d.put("figure.figsize", ListValue.of(8.0 * scale, 5.5 * scale));
        }
    }
}
