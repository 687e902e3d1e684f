package io.retrograd.lib.python.time;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.python.NamedTuple;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The module {@code time}; the clock is the world's. */
public final class TimeModule {
    private static final double NANOS = 1e9;
    private static final String CTIME = "%a %b %e %H:%M:%S %Y";

    private TimeModule() {}

    /** The class of what localtime answers. */
    private static final class Types {
        private final NamedTuple.Type structTime = NamedTuple.type("time", "struct_time", "tm_year", "tm_mon", "tm_mday",
                "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst");
    }

    /** The module {@code time}. */
    public static ModuleValue make(Machine m) {
        return new ModuleValue("time").with(TimeModuleTable.TABLE)
                .with("timezone", (Machine machine) -> (long) -zone().getRules().getStandardOffset(Instant.EPOCH).getTotalSeconds())
                .with("tzname", (Machine machine) -> TupleValue.of(zone().getId(), zone().getId()));
    }

    static ZoneId zone() {
        return ZoneId.systemDefault();
    }

    @Builtin(value = "time", doc = "Seconds since 1970.")
    public static double time(Machine m) {
        return m.world().nanosSinceEpoch() / NANOS;
    }

    @Builtin(value = "time_ns", doc = "Nanoseconds since 1970.")
    static long timeNanos(Machine m) {
        return m.world().nanosSinceEpoch();
    }

    @Builtin(value = {"perf_counter", "clock", "monotonic"}, doc = "Seconds from some start, for measuring.")
    public static double counter(Machine m) {
        return m.world().nanoTime() / NANOS;
    }

    @Builtin(value = {"perf_counter_ns", "monotonic_ns"}, doc = "Nanoseconds from some start, for measuring.")
    static long counterNanos(Machine m) {
        return m.world().nanoTime();
    }

    @Builtin(value = "process_time", doc = "Seconds that the process has computed, on all its processors.")
    static double processTime(Machine m) {
        return CpuTime.ofProcess() / NANOS;
    }

    @Builtin(value = "process_time_ns", doc = "Nanoseconds that the process has computed, on all its processors.")
    static long processTimeNanos(Machine m) {
        return CpuTime.ofProcess();
    }

    @Builtin(value = "thread_time", doc = "Seconds that the thread has computed.")
    static double threadTime(Machine m) {
        return CpuTime.ofThread() / NANOS;
    }

    @Builtin(value = "thread_time_ns", doc = "Nanoseconds that the thread has computed.")
    static long threadTimeNanos(Machine m) {
        return CpuTime.ofThread();
    }

    @Builtin(value = "sleep", signature = "secs, /", doc = "Waits.")
    static void sleep(Machine m, double secs) {
        if (secs < 0) {
            throw NnError.value("sleep length must be non-negative");
        }
        m.world().out().flush();
        m.world().sleep((long) (secs * NANOS));
        m.checkInterrupt();
    }

    private static ZonedDateTime at(Machine m, Object secs, ZoneId zone) {
        long nanos = secs == None.NONE ? m.world().nanosSinceEpoch() : (long) (Semantics.real(m, secs) * NANOS);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, (long) NANOS), Math.floorMod(nanos, (long) NANOS)).atZone(zone);
    }

    static Object structTime(Machine m, LocalDateTime t, long daylight) {
        return m.state(Types.class, machine -> new Types()).structTime.make((long) t.getYear(), (long) t.getMonthValue(),
                (long) t.getDayOfMonth(), (long) t.getHour(), (long) t.getMinute(), (long) t.getSecond(),
                (long) t.getDayOfWeek().getValue() - 1, (long) t.getDayOfYear(), daylight);
    }

    @Builtin(value = "localtime", signature = "secs=None, /", doc = "Year, month, day and so on of a time, by default now.")
    static Object local(Machine m, Object secs) {
        ZonedDateTime t = at(m, secs, zone());
        return structTime(m, t.toLocalDateTime(), zone().getRules().isDaylightSavings(t.toInstant()) ? 1 : 0);
    }

    @Builtin(value = "gmtime", signature = "secs=None, /", doc = "The same in universal time.")
    static Object universal(Machine m, Object secs) {
        return structTime(m, at(m, secs, ZoneOffset.UTC).toLocalDateTime(), 0);
    }

    /** The time that a struct_time says. */
    private static LocalDateTime fromStruct(Machine m, Object t) {
        Object[] parts = Semantics.elements(m, t);
        if (parts.length != 9) {
            throw NnError.type("Tuple or struct_time argument required");
        }
        int[] v = new int[6];
        for (int i = 0; i < 6; i++) {
            v[i] = (int) Semantics.index(m, parts[i]);
        }
        return LocalDateTime.of(v[0], Math.max(1, v[1]), Math.max(1, v[2]), v[3], v[4], Math.min(59, v[5]));
    }

    @Builtin(value = "mktime", signature = "t, /", doc = "Seconds since 1970 of a local time.")
    static double seconds(Machine m, Object t) {
        return fromStruct(m, t).atZone(zone()).toEpochSecond();
    }

    @Builtin(value = "strftime", signature = "format, t=None, /", doc = "A time, by default now, as the format says.")
    public static String format(Machine m, String format, Object t) {
        LocalDateTime time = t == None.NONE ? at(m, None.NONE, zone()).toLocalDateTime() : fromStruct(m, t);
        return TimeFormat.format(format, time, "", zone().getId());
    }

    @Builtin(value = "strptime", signature = "string, format='%a %b %d %H:%M:%S %Y', /", doc = "The time that a text says in a format.")
    static Object parse(Machine m, String string, String format) {
        return structTime(m, TimeFormat.parse(string, format), -1);
    }

    @Builtin(value = "ctime", signature = "secs=None, /", doc = "A time, by default now, as text.")
    static String text(Machine m, Object secs) {
        return TimeFormat.format(CTIME, at(m, secs, zone()).toLocalDateTime(), "", "");
    }

    @Builtin(value = "asctime", signature = "t=None, /", doc = "A struct_time, by default now, as text.")
    static String structText(Machine m, Object t) {
        return TimeFormat.format(CTIME, t == None.NONE ? at(m, t, zone()).toLocalDateTime() : fromStruct(m, t), "", "");
    }
}
