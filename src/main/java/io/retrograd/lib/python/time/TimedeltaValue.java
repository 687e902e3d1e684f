package io.retrograd.lib.python.time;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** {@code datetime.timedelta}: a span of time in microseconds. */
final class TimedeltaValue implements Value {
    static final TypeValue TYPE = new TypeValue("datetime", "timedelta", CoreTypes.OBJECT, TimedeltaValueTable.TABLE, null);
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    private final long micros;

    TimedeltaValue(long micros) {
        this.micros = micros;
    }

    long micros() {
        return micros;
    }

    @Builtin(value = "__new__", signature = "days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0", doc = "A span of time.")
    static Object make(Machine m, double days, double seconds, double microseconds, double milliseconds, double minutes, double hours, double weeks) {
        double total = (days + 7 * weeks) * DAY + ((hours * 60 + minutes) * 60 + seconds) * SECOND + milliseconds * 1000 + microseconds;
        return new TimedeltaValue(Math.round(total));
    }

    @Builtin(value = "total_seconds", method = true, doc = "The span in seconds.")
    static double totalSeconds(Machine m, TimedeltaValue self) {
        return self.micros / 1e6;
    }

    @Builtin(value = "days", property = true, doc = "The whole days.")
    static long days(Machine m, TimedeltaValue self) {
        return Math.floorDiv(self.micros, DAY);
    }

    @Builtin(value = "seconds", property = true, doc = "The whole seconds beyond the days.")
    static long seconds(Machine m, TimedeltaValue self) {
        return Math.floorMod(self.micros, DAY) / SECOND;
    }

    @Builtin(value = "microseconds", property = true, doc = "The microseconds beyond the seconds.")
    static long microseconds(Machine m, TimedeltaValue self) {
        return Math.floorMod(self.micros, SECOND);
    }

    @Builtin(value = "__abs__", method = true, doc = "The span without its sign.")
    static Object absolute(Machine m, TimedeltaValue self) {
        return new TimedeltaValue(Math.abs(self.micros));
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return micros != 0;
    }

    @Override
    public long hash(Machine m) {
        return Long.hashCode(micros);
    }

    @Override
    public Object unary(Machine m, UnaryOperator op) {
        return switch (op) {
            case NEGATIVE -> new TimedeltaValue(-micros);
            case POSITIVE -> this;
            default -> Value.super.unary(m, op);
        };
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (right instanceof TimedeltaValue t) {
            if (t.micros == 0 && (op == BinaryOperator.DIVIDE || op == BinaryOperator.FLOOR_DIVIDE || op == BinaryOperator.REMAINDER)) {
                throw new NnError(ErrorKind.ZERO_DIVISION_ERROR, "integer division or modulo by zero");
            }
            return switch (op) {
                case ADD -> new TimedeltaValue(micros + t.micros);
                case SUBTRACT -> new TimedeltaValue(micros - t.micros);
                case DIVIDE -> (double) micros / t.micros;
                case FLOOR_DIVIDE -> Math.floorDiv(micros, t.micros);
                case REMAINDER -> new TimedeltaValue(Math.floorMod(micros, t.micros));
                default -> NotImplementedValue.NOT_IMPLEMENTED;
            };
        }
        if (right instanceof Value) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        Double factor = Semantics.realOrNull(m, right);
        if (factor == null) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return switch (op) {
            case MULTIPLY -> new TimedeltaValue((long) Math.rint(micros * factor));
            case DIVIDE -> new TimedeltaValue((long) Math.rint(micros / factor));
            case FLOOR_DIVIDE -> new TimedeltaValue((long) Math.floor(micros / factor));
            default -> NotImplementedValue.NOT_IMPLEMENTED;
        };
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        return op == BinaryOperator.MULTIPLY ? binary(m, op, left) : NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        return other instanceof TimedeltaValue t
                ? (Object) Semantics.holds(op, Long.compare(micros, t.micros))
                : NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public String repr(Machine m) {
        StringBuilder out = new StringBuilder();
        part(out, "days", days(m, this));
        part(out, "seconds", seconds(m, this));
        part(out, "microseconds", microseconds(m, this));
        return "datetime.timedelta(" + (out.isEmpty() ? "0" : out) + ")";
    }

    private static void part(StringBuilder out, String name, long value) {
        if (value != 0) {
            out.append(out.isEmpty() ? "" : ", ").append(name).append('=').append(value);
        }
    }

    @Override
    public String str(Machine m) {
        long days = days(m, this);
        long seconds = seconds(m, this);
        long rest = microseconds(m, this);
        String s = days == 0 ? "" : days + " day" + (Math.abs(days) == 1 ? ", " : "s, ");
        s += seconds / 3600 + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
        return rest == 0 ? s : s + "." + (1_000_000 + rest + "").substring(1);
    }

    private static String two(long v) {
        return v < 10 ? "0" + v : Long.toString(v);
    }
}
