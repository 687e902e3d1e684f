package io.retrograd.tensor;

/**
 * The common format of the floats of one array, as numpy (since 1.14) chooses it: positional or scientific by their
 * range, as many digits as the longest of the shortest texts needs, padded to equal width.
 */
final class FloatColumn {
    /** numpy's limits for positional notation. */
    private static final double POSITIONAL_MAX = 1e8;
    private static final double POSITIONAL_MIN = 0.0001;
    private static final double POSITIONAL_RATIO = 1000;

    /** One of the three widths of float, or a part of a complex number. */
    private final DType type;
    private final PrintOptions options;
    private final char sign;
    private final int maxPrecision;
    private final boolean unique;
    private boolean scientific;
    private boolean keepZeros;
    private int precision;
    private int padLeft;
    private int padRight;
    private int exponentDigits;

    FloatColumn(DType type, double[] values, PrintOptions options, char sign) {
        this.type = type;
        this.options = options;
        this.sign = sign;
        this.maxPrecision = options.floatMode() == PrintOptions.FloatMode.UNIQUE ? Integer.MAX_VALUE : options.precision();
        this.unique = options.floatMode() != PrintOptions.FloatMode.FIXED;
        chooseNotation(values);
        measure(values);
    }

    private void chooseNotation(double[] values) {
        double max = 0;
        double min = Double.POSITIVE_INFINITY;
        for (double v : values) {
            double a = Math.abs(v);
            if (a != 0 && a < Double.POSITIVE_INFINITY) {
                max = Math.max(max, a);
                min = Math.min(min, a);
            }
        }
        if (max == 0) {
            return;
        }
        double ratio = type == DType.FLOAT64 ? max / min : type == DType.FLOAT32 ? (float) max / (float) min
                : Half.round(max / min);
        scientific = max >= POSITIONAL_MAX
                || !options.suppress() && (min < POSITIONAL_MIN || ratio > POSITIONAL_RATIO);
    }

    private void measure(double[] values) {
        int integer = 0;
        int fraction = 0;
        boolean anyFinite = false;
        boolean anySpecial = false;
        boolean anyNegative = false;
        boolean anyNegativeInfinity = false;
        for (double v : values) {
            if (!Double.isFinite(v)) {
                anySpecial = true;
                anyNegativeInfinity |= v < 0;
                continue;
            }
            anyFinite = true;
            boolean minus = FloatText.negative(v);
            anyNegative |= minus;
            int signWidth = minus || sign == '+' ? 1 : 0;
            Digits d = scientific ? scientificDigits(v, maxPrecision) : positionalDigits(v, maxPrecision);
            if (scientific) {
                integer = Math.max(integer, 1 + signWidth);
                fraction = Math.max(fraction, unique ? d.scientificFraction().length() : maxPrecision);
                exponentDigits = Math.max(exponentDigits, Math.abs(d.exponent()) >= 100 ? 3 : 2);
            } else {
                integer = Math.max(integer, d.integerPart().length() + signWidth);
                fraction = Math.max(fraction, unique ? d.fraction().length() : maxPrecision);
            }
        }
        padLeft = integer;
        precision = fraction;
        if (!anyFinite) {
            padRight = 0;
        } else if (scientific) {
            keepZeros = true;
            padRight = exponentDigits + 2 + fraction;
        } else {
            padRight = fraction;
            keepZeros = options.floatMode() == PrintOptions.FloatMode.FIXED
                    || options.floatMode() == PrintOptions.FloatMode.MAXPREC_EQUAL;
            if (!keepZeros) {
                precision = maxPrecision;
            }
        }
        if (sign == ' ' && !anyNegative) {
            padLeft++;
        }
        if (anySpecial) {
            int nan = options.nan().length();
            int inf = options.inf().length() + (sign != '-' || anyNegativeInfinity ? 1 : 0);
            padLeft = Math.max(padLeft, Math.max(nan, inf) - (padRight + 1));
        }
    }

    private Digits shortest(double a) {
        return switch (type) {
            case FLOAT16 -> Digits.shortestHalf((float) a);
            case FLOAT32 -> Digits.shortest((float) a);
            default -> Digits.shortest(a);
        };
    }

    private Digits positionalDigits(double v, int decimals) {
        double a = Math.abs(v);
        Digits d = unique ? shortest(a) : Digits.exact(a);
        return decimals == Integer.MAX_VALUE ? d : d.roundedAt(decimals, a);
    }

    private Digits scientificDigits(double v, int decimals) {
        double a = Math.abs(v);
        Digits d = unique ? shortest(a) : Digits.exact(a);
        return decimals == Integer.MAX_VALUE || a == 0 ? d : d.roundedAt(decimals + 1 - d.point(), a);
    }

    /** The digits of {@code v} as columns show them: the shortest, but never cut before the point. */
    private Digits whole(double v) {
        Digits d = scientific ? scientificDigits(v, precision) : positionalDigits(v, precision);
        return scientific || d.digits().length() >= d.point() ? d : Digits.shortest(Math.abs(v)).roundedAt(0, Math.abs(v));
    }

    /**
     * {@code v} to exactly {@code precision} decimals: where numpy asks for a least number of digits, it goes on past
     * the shortest ones with those of the exact value.
     */
    private Digits padded(double v) {
        double a = Math.abs(v);
        Digits d = Digits.shortest(a);
        int decimals = scientific ? precision + 1 - d.point() : precision;
        if (d.point() + decimals > FloatText.SAFE_DIGITS || a < Double.MIN_NORMAL) {
            d = Digits.exact(a);
        }
        return a == 0 ? d : d.roundedAt(decimals, a);
    }

    String text(double v) {
        if (!Double.isFinite(v)) {
            String s = Double.isNaN(v) ? (sign == '+' ? "+" : "") + options.nan()
                    : (v < 0 ? "-" : sign == '+' ? "+" : "") + options.inf();
            return " ".repeat(Math.max(0, padLeft + padRight + 1 - s.length())) + s;
        }
        String plus = FloatText.negative(v) ? "-" : sign == '+' ? "+" : "";
        Digits d = keepZeros ? padded(v) : whole(v);
        String integer = plus + (scientific ? d.lead() : d.integerPart());
        String fraction = scientific ? d.scientificFraction() : d.fraction();
        StringBuilder s = new StringBuilder();
        s.append(" ".repeat(Math.max(0, padLeft - integer.length()))).append(integer).append('.').append(fraction);
        if (scientific) {
            s.append("0".repeat(Math.max(0, precision - fraction.length())))
                    .append(FloatText.exponentText(d.exponent(), exponentDigits));
        } else {
            s.append((keepZeros ? "0" : " ").repeat(Math.max(0, padRight - fraction.length())));
        }
        return s.toString();
    }
}
