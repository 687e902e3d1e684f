package io.retrograd.lib.pyplot;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Legend;
import io.retrograd.plot.Placed;
import io.retrograd.plot.TextStyle;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The box that names what axes show. */
final class LegendMethods {
    private static final List<String> PLACES = List.of("best", "upper right", "upper left", "lower left", "lower right", "right",
            "center left", "center right", "lower center", "upper center", "center");

    private LegendMethods() {}

    @Builtin(
            value = "legend",
            signature = "*args, **kwargs",
            method = true,
            doc = "A box that names the lines: legend(), legend(labels), legend(handles, labels).",
            example = "plt.legend(loc='upper left', ncol=2, frameon=False)")
    static Object legend(Machine m, AxesValue self, Object[] args, Map<String, Object> kwargs) {
        RcParams rc = RcParams.of(m);
        Style style = new Style(m, "Legend", kwargs);
        Object handles = args.length > 1 ? args[0] : style.take("handles");
        Object labels = args.length > 1 ? args[1] : args.length == 1 ? args[0] : style.take("labels");
        Object loc = style.take("loc");
        String place = place(m, loc == None.NONE ? rc.getText("legend.loc") : loc);
        double[] anchor = null;
        Object box = style.take("bbox_to_anchor");
        if (box != None.NONE) {
            anchor = Numbers.flat(m, box);
        } else if (loc instanceof TupleValue) {
            anchor = Numbers.flat(m, loc);
        }
        TextStyle base = rc.style(m, "legend.fontsize", "", "");
        double size = style.fontSize(base.size(), "fontsize");
        Object prop = style.take("prop");
        if (prop != None.NONE) {
            base = new Style(m, "Legend", Map.of()).textStyle(base, prop instanceof FontValue f ? dict(m, f) : prop);
            size = base.size();
        }
        boolean framed = style.flag(rc.flag(m, "legend.frameon"), "frameon");
        Color face = style.takeColor(Color.WHITE, "facecolor");
        Color edge = style.takeColor(new Color(0xcccccc), "edgecolor");
        double alpha = style.number(rc.number(m, "legend.framealpha"), "framealpha");
        boolean shadow = style.flag(rc.flag(m, "legend.shadow"), "shadow");
        boolean round = style.flag(rc.flag(m, "legend.fancybox"), "fancybox");
        int points = (int) style.number(rc.number(m, "legend.numpoints"), "numpoints");
        String title = style.text("", "title");
        int columns = (int) style.number(1, "ncol", "ncols");
        style.take("title_fontsize", "labelcolor");
        style.done();
        List<Legend.Entry> entries = entries(m, self.axes(), handles, labels);
        self.axes().legend = new Legend(place, anchor, entries, base.withSize(size), title, columns, framed ? face : null, edge, shadow, alpha,
                round, points);
        if (entries == null && self.axes().artists.stream().allMatch(p -> p.label().isEmpty())) {
            Style.warn(m, "No handles with labels found to put in legend.");
        }
        return new LegendValue(self.axes());
    }

    private static DictValue dict(Machine m, FontValue font) {
        return DictValue.of(font.values());
    }

    private static String place(Machine m, Object loc) {
        if (loc instanceof TupleValue || loc instanceof ListValue) {
            return "lower left";
        }
        String place = Numbers.isNumber(loc) ? "" : Semantics.str(m, loc);
        if (Numbers.isNumber(loc)) {
            long n = Semantics.index(m, loc);
            if (n < 0 || n >= PLACES.size()) {
                throw NnError.value("Unrecognized location " + n);
            }
            place = PLACES.get((int) n);
        }
        if (!PLACES.contains(place)) {
            throw NnError.value("Unrecognized location '" + place + "'. Valid locations are\n\t" + String.join("\n\t", PLACES));
        }
        return place;
    }

    /** What was given, or null for everything with a label. */
    private static List<Legend.Entry> entries(Machine m, Axes axes, Object handles, Object labels) {
        if (handles == None.NONE && labels == None.NONE) {
            return null;
        }
        if (labels instanceof String) {
            labels = ListValue.of(labels.toString().chars().mapToObj(c -> (Object) String.valueOf((char) c)).toArray());
        }
        Object[] names = labels == None.NONE ? null : Semantics.elements(m, labels);
        List<Artist> artists = new ArrayList<>();
        List<String> own = new ArrayList<>();
        if (handles == None.NONE && names != null && names.length > 0 && artist(names[0]) != null) {
            // One list only, of things drawn.
            handles = labels;
            names = null;
        }
        if (handles == None.NONE) {
            boolean inBars = false;
            for (Placed each : axes.artists) {
                boolean bar = each.artist instanceof Artist.Bars;
                boolean named = each.artist instanceof Artist.Line || each.artist instanceof Artist.Points || bar && !inBars
                        || each.artist instanceof Artist.Areas;
                if (named) {
                    artists.add(each.artist);
                    own.add(each.label());
                }
                inBars = bar;
            }
        } else {
            for (Object each : Semantics.elements(m, handles)) {
                Artist found = artist(each);
                if (found == null) {
                    throw NnError.type("Legend does not support " + Semantics.repr(m, each) + " instances");
                }
                artists.add(found);
                own.add(label(each));
            }
        }
        List<Legend.Entry> entries = new ArrayList<>();
        for (int i = 0; i < artists.size() && (names == null || i < names.length); i++) {
            entries.add(new Legend.Entry(artists.get(i), names == null ? own.get(i) : Semantics.str(m, names[i])));
        }
        return entries;
    }

    private static Artist artist(Object handle) {
        if (handle instanceof ArtistValue a) {
            return a.placed().artist;
        }
        if (handle instanceof PatchValue p) {
            return p.artist();
        }
        if (handle instanceof TupleValue t && t.size() > 0) {
            return artist(t.get(0));
        }
        return handle instanceof ListValue l && l.size() > 0 ? artist(l.get(0)) : null;
    }

    private static String label(Object handle) {
        if (handle instanceof ArtistValue a) {
            return a.placed().label();
        }
        if (handle instanceof TupleValue t && t.size() > 0) {
            return label(t.get(0));
        }
        return handle instanceof PatchValue p ? p.artist().label() : "";
    }

    @Builtin(value = "get_legend_handles_labels", method = true, doc = "What has a label, and the labels.")
    static Object handlesAndLabels(Machine m, AxesValue self) {
        List<Object> handles = new ArrayList<>();
        List<Object> labels = new ArrayList<>();
        for (Placed each : self.axes().artists) {
            if (!each.label().isEmpty()) {
                handles.add(new ArtistValue(self.axes(), each));
                labels.add(each.label());
            }
        }
        return TupleValue.of(ListValue.of(handles.toArray()), ListValue.of(labels.toArray()));
    }

    @Builtin(value = "get_legend", method = true, doc = "The box, or None.")
    static Object getLegend(Machine m, AxesValue self) {
        return self.axes().legend == null ? None.NONE : new LegendValue(self.axes());
    }
}
