package io.retrograd.lib.python.time;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** {@code datetime.datetime}: a day and a time of day, without a time zone or in universal time. */
final class DateTimeValue implements Value {
    static final TypeValue TYPE = new TypeValue("datetime", "datetime", DateValue.TYPE, DateTimeValueTable.TABLE, null);

    private final LocalDateTime time;
    private final boolean universal;

    DateTimeValue(LocalDateTime time, boolean universal) {
        this.time = time.truncatedTo(ChronoUnit.MICROS);
        this.universal = universal;
    }

    static LocalDateTime present(Machine m, ZoneId zone) {
        long nanos = m.world().nanosSinceEpoch();
        return Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L).atZone(zone).toLocalDateTime();
    }

    /** The int given, or the other one for None. */
    static int or(Machine m, Object given, int otherwise) {
        return given == None.NONE ? otherwise : (int) Semantics.index(m, given);
    }

    @Builtin(value = "__new__", signature = "year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None", doc = "A day and a time of day.")
    static Object make(Machine m, int year, int month, int day, int hour, int minute, int second, int microsecond, Object tzinfo) {
        check(hour, 23, "hour");
        check(minute, 59, "minute");
        check(second, 59, "second");
        check(microsecond, 999_999, "microsecond");
        return new DateTimeValue(DateValue.checked(year, month, day).atTime(hour, minute, second, microsecond * 1000), tzinfo != None.NONE);
    }

    private static void check(int value, int largest, String part) {
        if (value < 0 || value > largest) {
            throw NnError.value(part + " must be in 0.." + largest);
        }
    }

    @Builtin(value = "now", signature = "tz=None", doc = "The present time.")
    static Object now(Machine m, Object tz) {
        return new DateTimeValue(present(m, tz == None.NONE ? TimeModule.zone() : ZoneOffset.UTC), tz != None.NONE);
    }

    @Builtin(value = "today", doc = "The present time.")
    static Object today(Machine m) {
        return now(m, None.NONE);
    }

    @Builtin(value = "utcnow", doc = "The present time in universal time.")
    static Object universalNow(Machine m) {
        return new DateTimeValue(present(m, ZoneOffset.UTC), false);
    }

    @Builtin(value = "fromtimestamp", signature = "timestamp, tz=None", doc = "The time of so many seconds since 1970.")
    static Object fromTimestamp(Machine m, double timestamp, Object tz) {
        return at(timestamp, tz == None.NONE ? TimeModule.zone() : ZoneOffset.UTC, tz != None.NONE);
    }

    @Builtin(value = "utcfromtimestamp", signature = "timestamp, /", doc = "The universal time of so many seconds since 1970.")
    static Object fromTimestampUniversal(Machine m, double timestamp) {
        return at(timestamp, ZoneOffset.UTC, false);
    }

    private static DateTimeValue at(double seconds, ZoneId zone, boolean universal) {
        long micros = Math.round(seconds * 1e6);
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
        return new DateTimeValue(instant.atZone(zone).toLocalDateTime(), universal);
    }

    @Builtin(value = "strptime", signature = "date_string, format, /", doc = "The time that a text says in a format.")
    static Object parse(Machine m, String text, String format) {
        return new DateTimeValue(TimeFormat.parse(text, format), false);
    }

    @Builtin(value = "fromisoformat", signature = "date_string, /", doc = "The time that a text like 2020-01-31 12:00:00 says.")
    static Object fromIso(Machine m, String text) {
        try {
            String s = text.length() > 10 ? text.substring(0, 10) + "T" + text.substring(11) : text + "T00:00";
            boolean universal = s.endsWith("+00:00") || s.endsWith("Z");
            String local = universal ? s.substring(0, s.length() - (s.endsWith("Z") ? 1 : 6)) : s;
            return new DateTimeValue(LocalDateTime.parse(local), universal);
        } catch (DateTimeException e) {
            throw NnError.value("Invalid isoformat string: " + Semantics.repr(m, text));
        }
    }

    @Builtin(value = "combine", signature = "date, time, /", doc = "A day and a time of day together.")
    static Object combine(Machine m, DateValue date, DateTimeValue time) {
        return new DateTimeValue(date.date().atTime(time.time.toLocalTime()), false);
    }

    @Builtin(value = "year", property = true, doc = "The year.")
    static long year(Machine m, DateTimeValue self) {
        return self.time.getYear();
    }

    @Builtin(value = "month", property = true, doc = "The month, from 1.")
    static long month(Machine m, DateTimeValue self) {
        return self.time.getMonthValue();
    }

    @Builtin(value = "day", property = true, doc = "The day of the month, from 1.")
    static long day(Machine m, DateTimeValue self) {
        return self.time.getDayOfMonth();
    }

    @Builtin(value = "hour", property = true, doc = "The hour.")
    static long hour(Machine m, DateTimeValue self) {
        return self.time.getHour();
    }

    @Builtin(value = "minute", property = true, doc = "The minute.")
    static long minute(Machine m, DateTimeValue self) {
        return self.time.getMinute();
    }

    @Builtin(value = "second", property = true, doc = "The second.")
    static long second(Machine m, DateTimeValue self) {
        return self.time.getSecond();
    }

    @Builtin(value = "microsecond", property = true, doc = "The microsecond.")
    static long microsecond(Machine m, DateTimeValue self) {
        return self.time.getNano() / 1000;
    }

    @Builtin(value = "date", method = true, doc = "The day.")
    static Object date(Machine m, DateTimeValue self) {
        return new DateValue(self.time.toLocalDate());
    }

    @Builtin(value = "weekday", method = true, doc = "The day of the week, Monday being 0.")
    static long weekday(Machine m, DateTimeValue self) {
        return self.time.getDayOfWeek().getValue() - 1;
    }

    @Builtin(value = "isoweekday", method = true, doc = "The day of the week, Monday being 1.")
    static long isoWeekday(Machine m, DateTimeValue self) {
        return self.time.getDayOfWeek().getValue();
    }

    @Builtin(value = "isocalendar", method = true, doc = "Year, week and day by ISO 8601.")
    static Object isoCalendar(Machine m, DateTimeValue self) {
        return DateValue.isoCalendar(m, new DateValue(self.time.toLocalDate()));
    }

    @Builtin(value = "toordinal", method = true, doc = "The number of the day, 1 being the first of January of year 1.")
    static long ordinal(Machine m, DateTimeValue self) {
        return DateValue.ordinal(m, new DateValue(self.time.toLocalDate()));
    }

    @Builtin(value = "timestamp", method = true, doc = "Seconds since 1970.")
    static double timestamp(Machine m, DateTimeValue self) {
        Instant instant = self.time.atZone(self.universal ? ZoneOffset.UTC : TimeModule.zone()).toInstant();
        return instant.getEpochSecond() + instant.getNano() / 1000 / 1e6;
    }

    @Builtin(value = "timetuple", method = true, doc = "The time as a struct_time.")
    static Object timeTuple(Machine m, DateTimeValue self) {
        return TimeModule.structTime(m, self.time, -1);
    }

    @Builtin(value = "replace", method = true, signature = "year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=None", doc = "Another time with some parts changed.")
    static Object replace(Machine m, DateTimeValue self, Object year, Object month, Object day, Object hour, Object minute, Object second, Object microsecond, Object tzinfo) {
        LocalDateTime t = self.time;
        return make(m, or(m, year, t.getYear()), or(m, month, t.getMonthValue()), or(m, day, t.getDayOfMonth()), or(m, hour, t.getHour()),
                or(m, minute, t.getMinute()), or(m, second, t.getSecond()), or(m, microsecond, t.getNano() / 1000), tzinfo);
    }

    @Builtin(value = "strftime", method = true, signature = "format", doc = "The time as the format says.")
    static String format(Machine m, DateTimeValue self, String format) {
        return TimeFormat.format(format, self.time, self.universal ? "+0000" : "", self.universal ? "UTC" : "");
    }

    @Builtin(value = "isoformat", method = true, signature = "sep='T', timespec='auto'", doc = "The time as text like 2020-01-31T12:00:00.")
    static String iso(Machine m, DateTimeValue self, String sep, String timespec) {
        String clock = switch (timespec) {
            case "seconds" -> "%H:%M:%S";
            case "minutes" -> "%H:%M";
            case "hours" -> "%H";
            case "microseconds" -> "%H:%M:%S.%f";
            default -> self.time.getNano() == 0 ? "%H:%M:%S" : "%H:%M:%S.%f";
        };
        return TimeFormat.format("%Y-%m-%d" + sep + clock, self.time, "", "") + (self.universal ? "+00:00" : "");
    }

    @Builtin(value = "ctime", method = true, doc = "The time as text like Fri Jan 31 12:00:00 2020.")
    static String text(Machine m, DateTimeValue self) {
        return TimeFormat.format("%c", self.time, "", "");
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public long hash(Machine m) {
        return time.hashCode();
    }

    private long microsSince(DateTimeValue other) {
        return ChronoUnit.MICROS.between(other.time, time);
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (right instanceof TimedeltaValue t && (op == BinaryOperator.ADD || op == BinaryOperator.SUBTRACT)) {
            return new DateTimeValue(time.plus(op == BinaryOperator.ADD ? t.micros() : -t.micros(), ChronoUnit.MICROS), universal);
        }
        if (right instanceof DateTimeValue d && op == BinaryOperator.SUBTRACT) {
            if (universal != d.universal) {
                throw NnError.type("can't subtract offset-naive and offset-aware datetimes");
            }
            return new TimedeltaValue(microsSince(d));
        }
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        return op == BinaryOperator.ADD ? binary(m, op, left) : NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        return other instanceof DateTimeValue d ? (Object) Semantics.holds(op, time.compareTo(d.time)) : NotImplementedValue.NOT_IMPLEMENTED;
    }

    @Override
    public String repr(Machine m) {
        StringBuilder out = new StringBuilder("datetime.datetime(" + time.getYear() + ", " + time.getMonthValue() + ", "
                + time.getDayOfMonth() + ", " + time.getHour() + ", " + time.getMinute());
        if (time.getSecond() != 0 || time.getNano() != 0) {
            out.append(", ").append(time.getSecond());
        }
        if (time.getNano() != 0) {
            out.append(", ").append(time.getNano() / 1000);
        }
        return out.append(universal ? ", tzinfo=datetime.timezone.utc)" : ")").toString();
    }

    @Override
    public String str(Machine m) {
        return iso(m, this, " ", "auto");
    }

    @Override
    public String format(Machine m, String spec) {
        return spec.isEmpty() ? str(m) : format(m, this, spec);
    }
}
