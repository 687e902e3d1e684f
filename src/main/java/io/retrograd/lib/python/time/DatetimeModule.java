package io.retrograd.lib.python.time;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;

/** The module {@code datetime}. */
public final class DatetimeModule {
    private DatetimeModule() {}

    /** The module {@code datetime}. */
    public static ModuleValue make(Machine m) {
        ModuleValue utc = new ModuleValue("timezone").with("utc", "UTC");
        return new ModuleValue("datetime")
                .with("datetime", DateTimeValue.TYPE)
                .with("date", DateValue.TYPE)
                .with("timedelta", TimedeltaValue.TYPE)
                .with("timezone", (Object) utc)
                .with("UTC", "UTC")
                .with("MINYEAR", 1L)
                .with("MAXYEAR", 9999L);
    }
}
