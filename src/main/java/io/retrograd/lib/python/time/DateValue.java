package io.retrograd.lib.python.time;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;

/** {@code datetime.date}. */
final class DateValue implements Value {
    static final TypeValue TYPE = new TypeValue("datetime", "date", CoreTypes.OBJECT, DateValueTable.TABLE, null);

    private final LocalDate date;

    DateValue(LocalDate date) {
        this.date = date;
    }

    LocalDate date() {
        return date;
    }

    static LocalDate checked(int year, int month, int day) {
        if (year < 1 || year > 9999) {
            throw NnError.value("year " + year + " is out of range");
        }
        if (month < 1 || month > 12) {
            throw NnError.value("month must be in 1..12");
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw NnError.value("day is out of range for month");
        }
    }

    @Builtin(value = "__new__", signature = "year, month, day", doc = "A day of the calendar.")
    static Object make(Machine m, int year, int month, int day) {
        return new DateValue(checked(year, month, day));
    }

    @Builtin(value = "today", doc = "The present day.")
    static Object today(Machine m) {
        return new DateValue(DateTimeValue.present(m, TimeModule.zone()).toLocalDate());
    }

    @Builtin(value = "fromtimestamp", signature = "timestamp, /", doc = "The day of a time in seconds since 1970.")
    static Object fromTimestamp(Machine m, double timestamp) {
        return new DateValue(Instant.ofEpochSecond((long) Math.floor(timestamp)).atZone(TimeModule.zone()).toLocalDate());
    }

    @Builtin(value = "fromisoformat", signature = "date_string, /", doc = "The day that a text like 2020-01-31 says.")
    static Object fromIso(Machine m, String text) {
        try {
            return new DateValue(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw NnError.value("Invalid isoformat string: " + Semantics.repr(m, text));
        }
    }

    @Builtin(value = "fromordinal", signature = "ordinal, /", doc = "The day of that number, 1 being the first of January of year 1.")
    static Object fromOrdinal(Machine m, long ordinal) {
        return new DateValue(LocalDate.of(1, 1, 1).plusDays(ordinal - 1));
    }

    @Builtin(value = "year", property = true, doc = "The year.")
    static long year(Machine m, DateValue self) {
        return self.date.getYear();
    }

    @Builtin(value = "month", property = true, doc = "The month, from 1.")
    static long month(Machine m, DateValue self) {
        return self.date.getMonthValue();
    }

    @Builtin(value = "day", property = true, doc = "The day of the month, from 1.")
    static long day(Machine m, DateValue self) {
        return self.date.getDayOfMonth();
    }

    @Builtin(value = "weekday", method = true, doc = "The day of the week, Monday being 0.")
    static long weekday(Machine m, DateValue self) {
        return self.date.getDayOfWeek().getValue() - 1;
    }

    @Builtin(value = "isoweekday", method = true, doc = "The day of the week, Monday being 1.")
    static long isoWeekday(Machine m, DateValue self) {
        return self.date.getDayOfWeek().getValue();
    }

    @Builtin(value = "isocalendar", method = true, doc = "Year, week and day by ISO 8601.")
    static Object isoCalendar(Machine m, DateValue self) {
        return TupleValue.of((long) self.date.get(IsoFields.WEEK_BASED_YEAR), (long) self.date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                (long) self.date.getDayOfWeek().getValue());
    }

    @Builtin(value = "toordinal", method = true, doc = "The number of the day, 1 being the first of January of year 1.")
    static long ordinal(Machine m, DateValue self) {
        return ChronoUnit.DAYS.between(LocalDate.of(1, 1, 1), self.date) + 1;
    }

    @Builtin(value = "replace", method = true, signature = "year=None, month=None, day=None", doc = "Another day with some parts changed.")
    static Object replace(Machine m, DateValue self, Object year, Object month, Object day) {
        return new DateValue(checked(DateTimeValue.or(m, year, self.date.getYear()), DateTimeValue.or(m, month, self.date.getMonthValue()),
                DateTimeValue.or(m, day, self.date.getDayOfMonth())));
    }

    @Builtin(value = "strftime", method = true, signature = "format", doc = "The day as the format says.")
    static String format(Machine m, DateValue self, String format) {
        return TimeFormat.format(format, self.date.atTime(LocalTime.MIDNIGHT), "", "");
    }

    @Builtin(value = "isoformat", method = true, doc = "The day as text like 2020-01-31.")
    static String iso(Machine m, DateValue self) {
        return self.date.toString();
    }

    @Builtin(value = "timetuple", method = true, doc = "The day as a struct_time.")
    static Object timeTuple(Machine m, DateValue self) {
        return TimeModule.structTime(m, self.date.atStartOfDay(), -1);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public long hash(Machine m) {
        return date.hashCode();
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (right instanceof TimedeltaValue t && (op == BinaryOperator.ADD || op == BinaryOperator.SUBTRACT)) {
            long days = TimedeltaValue.days(m, t);
            return new DateValue(date.plusDays(op == BinaryOperator.ADD ? days : -days));
        }
        if (right instanceof DateValue d && op == BinaryOperator.SUBTRACT) {
            return new TimedeltaValue(ChronoUnit.DAYS.between(d.date, date) * 86_400_000_000L);
        }
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        return op == BinaryOperator.ADD ? binary(m, op, left) : NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        return other instanceof DateValue d ? (Object) Semantics.holds(op, date.compareTo(d.date)) : NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public String repr(Machine m) {
        return "datetime.date(" + date.getYear() + ", " + date.getMonthValue() + ", " + date.getDayOfMonth() + ")";
    }

    @Override
    public String str(Machine m) {
        return date.toString();
    }

    @Override
    public String format(Machine m, String spec) {
        return spec.isEmpty() ? str(m) : format(m, this, spec);
    }
}
