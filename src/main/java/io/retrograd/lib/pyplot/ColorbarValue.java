package io.retrograd.lib.pyplot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Axis;
import io.retrograd.plot.ColorBar;
import io.retrograd.plot.Colors;
import io.retrograd.tensor.FloatText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A scale of colours beside axes, or in axes of its own. */
record ColorbarValue(ColorBar bar, AxesValue ax) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.colorbar", "Colorbar", ColorbarValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return name.equals("ax") ? ax : Value.super.attribute(m, name);
    }

    static Object make(Machine m, FigureValue figure, Object drawn, Object cax, Object ax, Map<String, Object> kwargs) {
        Colors.Meaning meaning = drawn instanceof ArtistValue a ? a.placed().meaning : drawn instanceof SpacePlots.BodyValue b ? b.meaning() : null;
        if (meaning == null) {
            throw new NnError(ErrorKind.RUNTIME_ERROR,
                    "No mappable was found to use for colorbar creation. First define a mappable such as an image (with imshow) or a contour "
                            + "set (with contourf).");
        }
        ColorBar bar = new ColorBar(meaning.map(), meaning.low(), meaning.high());
        bar.boundaries = meaning.boundaries();
        bar.tickStyle = RcParams.of(m).style(m, "ytick.labelsize", "", "ytick.color");
        bar.labelStyle = RcParams.of(m).style(m, "axes.labelsize", "axes.labelweight", "axes.labelcolor");
        Style style = new Style(m, "Colorbar", kwargs);
        bar.horizontal = style.text("vertical", "orientation").equals("horizontal");
        bar.label = style.text("", "label");
        bar.fraction = style.number(0.15, "fraction");
        bar.pad = style.number(bar.horizontal ? 0.1 : 0.05, "pad");
        bar.shrink = style.number(1, "shrink");
        bar.alpha = style.alpha();
        double aspect = style.number(20, "aspect");
        Object ticks = style.take("ticks");
        if (ticks != None.NONE) {
            setTicks(m, bar, ticks);
        }
        Object format = style.take("format");
        bar.format = format == None.NONE ? null : Semantics.str(m, format);
        String extend = style.text("neither", "extend");
        if (!extend.equals("neither") || aspect != 20) {
            Style.warn(m, "colorbar: '" + (aspect != 20 ? "aspect" : "extend") + "' is not drawn here");
        }
        style.done();
        AxesValue own;
        if (cax instanceof AxesValue given) {
            bar.alone = true;
            given.axes().colorBar = bar;
            own = given;
        } else {
            Axes beside = ax instanceof AxesValue given ? given.axes() : ax != None.NONE ? last(m, ax)
                    : drawn instanceof ArtistValue a ? a.axes() : ((SpacePlots.BodyValue) drawn).axes();
            beside.colorBar = bar;
            own = new AxesValue(figure, beside);
        }
        return new ColorbarValue(bar, own);
    }

    /** Of several axes the bar stands at the last. */
    private static Axes last(Machine m, Object several) {
        Object[] all = Semantics.elements(m, several);
        Object end = all[all.length - 1];
        return end instanceof AxesValue a ? a.axes() : last(m, end);
    }

    private static void setTicks(Machine m, ColorBar bar, Object ticks) {
        bar.ticks = new ArrayList<>();
        for (double at : Numbers.flat(m, ticks)) {
            bar.ticks.add(new Axis.Tick(at, FloatText.format(at, 'g', 6, false)));
        }
    }

    @Builtin(value = "set_label", signature = "label, **kwargs", method = true, doc = "What the colours are.")
    static void setLabel(Machine m, ColorbarValue self, Object label, Map<String, Object> kwargs) {
        Style style = new Style(m, "Text", kwargs);
        self.bar.labelStyle = style.textStyle(self.bar.labelStyle, None.NONE);
        style.take("rotation", "labelpad", "y", "x", "va", "ha");
        style.done();
        self.bar.label = Semantics.str(m, label);
    }

    @Builtin(value = "set_ticks", signature = "ticks, update_ticks=True", method = true, doc = "Where its marks stand.")
    static void setTicks(Machine m, ColorbarValue self, Object ticks, boolean update) {
        setTicks(m, self.bar, ticks);
    }

    @Builtin(value = "set_ticklabels", signature = "ticklabels, update_ticks=True", method = true, doc = "What is written at its marks.")
    static void setTicklabels(Machine m, ColorbarValue self, Object labels, boolean update) {
        Object[] texts = Semantics.elements(m, labels);
        List<Axis.Tick> old = self.bar.ticks;
        self.bar.ticks = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            double at = old != null && i < old.size() ? old.get(i).at()
                    : self.bar.low + (self.bar.high - self.bar.low) * i / Math.max(1, texts.length - 1);
            self.bar.ticks.add(new Axis.Tick(at, Semantics.str(m, texts[i])));
        }
    }

    @Builtin(value = "remove", method = true, doc = "Takes it away.")
    static void remove(Machine m, ColorbarValue self) {
        self.ax.axes().colorBar = null;
    }
}
