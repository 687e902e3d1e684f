package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Axis;
import io.retrograd.tensor.FloatText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code matplotlib.ticker}'s classes: where the marks of an axis stand, or how they are written. */
record TickerValue(String kind, Object argument) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.ticker", "Ticker", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    void applyTo(Machine m, Axis axis) {
        switch (kind) {
            case "NullFormatter" -> axis.tickTexts = false;
            case "FormatStrFormatter" -> axis.format = Semantics.str(m, argument);
            case "StrMethodFormatter" -> axis.writer = v ->
                    Semantics.str(m, Semantics.call(m, Semantics.attribute(m, argument, "format"), new Object[] {v}, new String[] {"x"}));
            case "FuncFormatter" -> axis.writer = v -> Semantics.str(m, Semantics.call(m, argument, v, 0L));
            case "PercentFormatter" -> axis.writer = v -> {
                double share = v / Semantics.real(m, argument) * 100;
                return (share == Math.rint(share) ? String.valueOf((long) share) : FloatText.format(share, 'f', 1, false)) + "%";
            };
            case "NullLocator" -> axis.ticks = new ArrayList<>();
            case "MultipleLocator" -> {
                double step = Semantics.real(m, argument);
                axis.step = (low, high) -> step;
            }
            case "LinearLocator" -> {
                int n = (int) Semantics.index(m, argument);
                axis.step = (low, high) -> (high - low) / Math.max(1, n - 1);
            }
            case "MaxNLocator" -> {
                int n = argument == None.NONE ? 9 : (int) Semantics.index(m, argument);
                axis.step = (low, high) -> round((high - low) / Math.max(1, n));
            }
            case "FixedLocator" -> TickMethods.ticks(m, axis, argument, None.NONE);
            case "FixedFormatter" -> TickMethods.relabel(m, axis, argument, Map.of());
            default -> {
                // AutoLocator and ScalarFormatter are what an axis has by itself.
            }
        }
    }

    private static double round(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double each : new double[] {1, 2, 2.5, 5}) {
            if (each * power >= rough) {
                return each * power;
            }
        }
        return 10 * power;
    }

    static final List<String> KINDS = List.of("NullFormatter", "FormatStrFormatter", "StrMethodFormatter", "FuncFormatter",
            "PercentFormatter", "NullLocator", "MultipleLocator", "LinearLocator", "MaxNLocator", "FixedLocator", "FixedFormatter",
            "AutoLocator", "ScalarFormatter");

}
