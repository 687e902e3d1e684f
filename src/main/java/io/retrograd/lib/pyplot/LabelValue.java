package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axes;
import io.retrograd.plot.TextStyle;

/** The title of axes or the name of one of their axes, as {@code plt.title(…)} answers it. */
record LabelValue(Axes axes, Kind kind) implements Value {
    enum Kind {
        TITLE,
        X,
        Y
    }

    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.text", "Text", LabelValueTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private String text() {
        return switch (kind) {
            case TITLE -> axes.title;
            case X -> axes.x.label;
            case Y -> axes.y.label;
        };
    }

    private void text(String s) {
        switch (kind) {
            case TITLE -> axes.title = s;
            case X -> axes.x.label = s;
            case Y -> axes.y.label = s;
        }
    }

    private TextStyle style() {
        return switch (kind) {
            case TITLE -> axes.titleStyle;
            case X -> axes.x.labelStyle;
            case Y -> axes.y.labelStyle;
        };
    }

    private void style(TextStyle s) {
        switch (kind) {
            case TITLE -> axes.titleStyle = s;
            case X -> axes.x.labelStyle = s;
            case Y -> axes.y.labelStyle = s;
        }
    }

    @Builtin(value = "get_text", method = true, doc = "The text.")
    static String getText(Machine m, LabelValue self) {
        return self.text();
    }

    @Builtin(value = "set_text", signature = "s", method = true, doc = "Changes the text.")
    static void setText(Machine m, LabelValue self, Object s) {
        self.text(Semantics.str(m, s));
    }

    @Builtin(value = {"set_fontsize", "set_size"}, signature = "fontsize", method = true, doc = "Its size in points.")
    static void setFontsize(Machine m, LabelValue self, Object size) {
        self.style(self.style().withSize(RcParams.of(m).fontSize(m, size)));
    }

    @Builtin(value = "set_color", signature = "color", method = true, doc = "Its colour.")
    static void setColor(Machine m, LabelValue self, Object color) {
        self.style(self.style().withColor(Style.color(m, color)));
    }

    @Builtin(value = {"set_weight", "set_fontweight"}, signature = "weight", method = true, doc = "Bold or not.")
    static void setWeight(Machine m, LabelValue self, Object weight) {
        TextStyle s = self.style();
        self.style(new TextStyle(s.size(), s.color(), Style.isBold(weight), s.italic(), s.family()));
    }

    @Builtin(value = "set_visible", signature = "b", method = true, doc = "Hides it.")
    static void setVisible(Machine m, LabelValue self, boolean visible) {
        if (!visible) {
            self.text("");
        }
    }
}
