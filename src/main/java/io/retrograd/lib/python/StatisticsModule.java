package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Sorting;
import io.retrograd.lang.value.TupleValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** The module {@code statistics}: exact sums, rounded once. */
final class StatisticsModule {
    private static final MathContext DIGITS = new MathContext(60);

    private StatisticsModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("statistics").with(StatisticsModuleTable.TABLE)
                .with("StatisticsError", (Machine machine) -> ExceptionTypes.of(ErrorKind.VALUE_ERROR));
    }

    /** The data, and whether they are ints only, whose results may be ints too. */
    private record Data(BigDecimal[] values, boolean ints) {
        static Data of(Machine m, Object data, int least, String function) {
            Object[] all = Semantics.elements(m, data);
            if (all.length < least) {
                throw NnError.value(least == 1 ? function + " requires at least one data point" : function + " requires at least two data points");
            }
            BigDecimal[] values = new BigDecimal[all.length];
            boolean ints = true;
            for (int i = 0; i < values.length; i++) {
                Object index = Semantics.indexOrNull(m, all[i]);
                ints &= index != null;
                values[i] = index != null
                        ? new BigDecimal(IntMath.big(index))
                        : new BigDecimal(Semantics.real(m, all[i]));
            }
            return new Data(values, ints);
        }

        BigDecimal sum() {
            BigDecimal total = BigDecimal.ZERO;
            for (BigDecimal v : values) {
                total = total.add(v);
            }
            return total;
        }

        BigDecimal mean() {
            return sum().divide(BigDecimal.valueOf(values.length), DIGITS);
        }

        BigDecimal squares() {
            BigDecimal mean = mean();
            BigDecimal total = BigDecimal.ZERO;
            for (BigDecimal v : values) {
                BigDecimal apart = v.subtract(mean);
                total = total.add(apart.multiply(apart));
            }
            return total;
        }

        Object shown(BigDecimal v) {
            BigDecimal plain = v.round(new MathContext(40)).stripTrailingZeros();
            return ints && plain.scale() <= 0 ? IntMath.normal(plain.toBigInteger()) : (Object) v.doubleValue();
        }
    }

    @Builtin(value = "mean", signature = "data", doc = "The arithmetic mean.")
    static Object mean(Machine m, Object data) {
        Data d = Data.of(m, data, 1, "mean");
        return d.shown(d.mean());
    }

    @Builtin(value = "fmean", signature = "data, weights=None", doc = "The arithmetic mean as a float.")
    static double floatMean(Machine m, Object data, Object weights) {
        return Data.of(m, data, 1, "fmean").mean().doubleValue();
    }

    @Builtin(value = "variance", signature = "data, xbar=None", doc = "The variance of a sample.")
    static Object variance(Machine m, Object data, Object xbar) {
        Data d = Data.of(m, data, 2, "variance");
        return d.shown(d.squares().divide(BigDecimal.valueOf(d.values().length - 1L), DIGITS));
    }

    @Builtin(value = "pvariance", signature = "data, mu=None", doc = "The variance of a population.")
    static Object populationVariance(Machine m, Object data, Object mu) {
        Data d = Data.of(m, data, 1, "pvariance");
        return d.shown(d.squares().divide(BigDecimal.valueOf(d.values().length), DIGITS));
    }

    @Builtin(value = "stdev", signature = "data, xbar=None", doc = "The standard deviation of a sample.")
    static double deviation(Machine m, Object data, Object xbar) {
        Data d = Data.of(m, data, 2, "stdev");
        return d.squares().divide(BigDecimal.valueOf(d.values().length - 1L), DIGITS).sqrt(DIGITS).doubleValue();
    }

    @Builtin(value = "pstdev", signature = "data, mu=None", doc = "The standard deviation of a population.")
    static double populationDeviation(Machine m, Object data, Object mu) {
        Data d = Data.of(m, data, 1, "pstdev");
        return d.squares().divide(BigDecimal.valueOf(d.values().length), DIGITS).sqrt(DIGITS).doubleValue();
    }

    private static Object[] sorted(Machine m, Object data) {
        Object[] all = Semantics.elements(m, data);
        if (all.length == 0) {
            throw NnError.value("no median for empty data");
        }
        Sorting.sort(m, all, None.NONE, false);
        return all;
    }

    @Builtin(value = "median", signature = "data", doc = "The middle value, or the mean of the two middle ones.")
    static Object median(Machine m, Object data) {
        Object[] all = sorted(m, data);
        int middle = all.length / 2;
        if (all.length % 2 == 1) {
            return all[middle];
        }
        return (Semantics.real(m, all[middle - 1]) + Semantics.real(m, all[middle])) / 2;
    }

    @Builtin(value = "median_low", signature = "data", doc = "The middle value, or the smaller of the two middle ones.")
    static Object medianLow(Machine m, Object data) {
        Object[] all = sorted(m, data);
        return all[(all.length - 1) / 2];
    }

    @Builtin(value = "median_high", signature = "data", doc = "The middle value, or the larger of the two middle ones.")
    static Object medianHigh(Machine m, Object data) {
        Object[] all = sorted(m, data);
        return all[all.length / 2];
    }

    @Builtin(value = "mode", signature = "data", doc = "The value that occurs most often.")
    static Object mode(Machine m, Object data) {
        Object counted = CounterValue.make(m, data, Map.of());
        ListValue most = (ListValue) CounterValue.mostCommon(m, (CounterValue) counted, 1L);
        if (most.size() == 0) {
            throw NnError.value("no mode for empty data");
        }
        return ((TupleValue) most.get(0)).get(0);
    }
}
