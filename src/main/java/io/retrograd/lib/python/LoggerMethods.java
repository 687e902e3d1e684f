package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import java.util.Map;

/** What scripts can ask a logger. */
final class LoggerMethods {
    private LoggerMethods() {}

    @Builtin(value = "debug", method = true, signature = "msg, *args, **options", doc = "Logs what helps to find a fault.")
    static void debug(Machine m, LoggingModule.Logger self, Object msg, Object[] args, Map<String, Object> options) {
        self.log(m, 10, msg, args);
    }

    @Builtin(value = "info", method = true, signature = "msg, *args, **options", doc = "Logs what goes on.")
    static void info(Machine m, LoggingModule.Logger self, Object msg, Object[] args, Map<String, Object> options) {
        self.log(m, 20, msg, args);
    }

    @Builtin(value = {"warning", "warn"}, method = true, signature = "msg, *args, **options", doc = "Logs what may be wrong.")
    static void warning(Machine m, LoggingModule.Logger self, Object msg, Object[] args, Map<String, Object> options) {
        self.log(m, 30, msg, args);
    }

    @Builtin(value = {"error", "exception"}, method = true, signature = "msg, *args, **options", doc = "Logs what is wrong.")
    static void error(Machine m, LoggingModule.Logger self, Object msg, Object[] args, Map<String, Object> options) {
        self.log(m, 40, msg, args);
    }

    @Builtin(value = {"critical", "fatal"}, method = true, signature = "msg, *args, **options", doc = "Logs what ends the work.")
    static void critical(Machine m, LoggingModule.Logger self, Object msg, Object[] args, Map<String, Object> options) {
        self.log(m, 50, msg, args);
    }

    @Builtin(value = "log", method = true, signature = "level, msg, *args, **options", doc = "Logs at a level.")
    static void log(Machine m, LoggingModule.Logger self, long level, Object msg, Object[] args, Map<String, Object> options) {
        self.log(m, level, msg, args);
    }

    @Builtin(value = "setLevel", method = true, signature = "level", doc = "Sets the level from which on messages are written.")
    static void setLevel(Machine m, LoggingModule.Logger self, Object level) {
        self.setLevel(m, level);
    }

    @Builtin(value = "isEnabledFor", method = true, signature = "level", doc = "Whether messages of a level are written.")
    static boolean isEnabled(Machine m, LoggingModule.Logger self, long level) {
        return level >= self.effectiveLevel(m);
    }

    @Builtin(value = "getEffectiveLevel", method = true, doc = "The level from which on messages are written.")
    static long effectiveLevel(Machine m, LoggingModule.Logger self) {
        return self.effectiveLevel(m);
    }

    @Builtin(value = {"addHandler", "removeHandler", "addFilter"}, method = true, signature = "handler", doc = "Has no effect: all loggers write to one target.")
    static void addHandler(Machine m, LoggingModule.Logger self, Object handler) {}
}
