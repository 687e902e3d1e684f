package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.PercentFormat;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.StringText;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.python.io.FileOpener;
import io.retrograd.lib.python.time.TimeModule;
import java.util.HashMap;
import java.util.Map;

/** The module {@code logging}: loggers by name, one format and one target for all of them. */
final class LoggingModule {
    private static final long WARNING = 30;

    private LoggingModule() {}

    /** What basicConfig sets, and the loggers made so far. */
    private static final class Settings {
        private final Map<String, Logger> loggers = new HashMap<>();
        private boolean configured;
        private String format = "%(levelname)s:%(name)s:%(message)s";
        private String dateFormat = "%Y-%m-%d %H:%M:%S";
        private Object stream = None.NONE;
    }

    static ModuleValue make(Machine m) {
        ModuleValue logging = new ModuleValue("logging").with(LoggingModuleTable.TABLE)
                .with("DEBUG", 10L).with("INFO", 20L).with("WARNING", WARNING).with("WARN", WARNING)
                .with("ERROR", 40L).with("CRITICAL", 50L).with("FATAL", 50L).with("NOTSET", 0L)
                .with("Logger", (Object) Logger.TYPE);
        for (String name : new String[] {"debug", "info", "warning", "warn", "error", "critical", "fatal", "exception", "log"}) {
            logging.with(name, (Machine machine) -> logger(machine, "root").attribute(machine, name));
        }
        return logging;
    }

    private static Settings settings(Machine m) {
        return m.state(Settings.class, machine -> new Settings());
    }

    private static Logger logger(Machine m, String name) {
        return settings(m).loggers.computeIfAbsent(name, Logger::new);
    }

    private static String levelName(long level) {
        return level >= 50 ? "CRITICAL" : level >= 40 ? "ERROR" : level >= WARNING ? "WARNING" : level >= 20 ? "INFO" : "DEBUG";
    }

    private static long level(Machine m, Object level) {
        if (level instanceof String s) {
            return switch (s) {
                case "DEBUG" -> 10;
                case "INFO" -> 20;
                case "ERROR" -> 40;
                case "CRITICAL" -> 50;
                default -> WARNING;
            };
        }
        return Semantics.index(m, level);
    }

    /** A logger. */
    static final class Logger implements Value {
        static final TypeValue TYPE = new TypeValue("logging", "Logger", CoreTypes.OBJECT, LoggerMethodsTable.TABLE, null);

        private final String name;
        private long level;

        private Logger(String name) {
            this.name = name;
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String attribute) {
            return switch (attribute) {
                case "name" -> name;
                case "level" -> level;
                case "handlers" -> new ListValue();
                case "propagate", "disabled" -> false;
                default -> Value.super.attribute(m, attribute);
            };
        }

        @Override
        public void setAttribute(Machine m, String attribute, Object value) {
            if (attribute.equals("level")) {
                level = level(m, value);
            }
        }

        void setLevel(Machine m, Object wanted) {
            level = LoggingModule.level(m, wanted);
        }

        long effectiveLevel(Machine m) {
            long own = level != 0 ? level : logger(m, "root").level;
            return own == 0 ? WARNING : own;
        }

        void log(Machine m, long at, Object message, Object[] args) {
            if (at < effectiveLevel(m)) {
                return;
            }
            String text = Semantics.str(m, message);
            if (args.length > 0) {
                boolean mapping = args.length == 1 && args[0] instanceof DictValue;
                text = PercentFormat.format(m, text, mapping ? args[0] : TupleValue.of(args));
            }
            Settings s = settings(m);
            DictValue record = new DictValue();
            record.putText("levelname", levelName(at));
            record.putText("levelno", at);
            record.putText("name", name);
            record.putText("message", text);
            record.putText("asctime", TimeModule.format(m, s.dateFormat, None.NONE));
            record.putText("filename", m.place().isKnown() ? m.place().source().name() : "");
            record.putText("pathname", record.getText("filename"));
            record.putText("module", record.getText("filename"));
            record.putText("funcName", "<module>");
            record.putText("lineno", m.place().isKnown() ? (Object) (long) m.place().span().line() : 0L);
            record.putText("process", 1L);
            record.putText("threadName", "MainThread");
            record.putText("created", TimeModule.time(m));
            // Without a configuration Python writes bare messages, from warnings on.
            String line = s.configured || at < WARNING || !name.equals("root")
                    ? PercentFormat.format(m, s.configured ? s.format : "%(message)s", record)
                    : PercentFormat.format(m, s.format, record);
            if (s.stream == None.NONE) {
                m.world().err().write(line + "\n");
            } else {
                Semantics.callMethod(m, s.stream, "write", line + "\n");
            }
        }
    }

    @Builtin(value = "getLogger", signature = "name=None", doc = "The logger of that name.")
    static Object getLogger(Machine m, String name) {
        return logger(m, name == null || name.isEmpty() ? "root" : name);
    }

    @Builtin(value = "basicConfig", signature = "*, filename=None, filemode='a', format=None, datefmt=None, style='%', level=None, stream=None, handlers=None, force=False", doc = "Sets the format, the level and the target of what is logged.")
    static void configure(Machine m, Object filename, String filemode, String format, String datefmt, Object style, Object level, Object stream, Object handlers, boolean force) {
        Settings s = settings(m);
        if (s.configured && !force) {
            return;
        }
        s.configured = true;
        s.format = format == null ? s.format : format;
        s.dateFormat = datefmt == null ? s.dateFormat : datefmt;
        if (filename != None.NONE) {
            s.stream = FileOpener.open(m, FileOpener.path(m, filename), filemode, null, null, null);
        } else {
            s.stream = stream;
        }
        if (level != None.NONE) {
            logger(m, "root").setLevel(m, level);
        }
    }

    @Builtin(value = "disable", signature = "level=50", doc = "Drops what is logged up to a level.")
    static void disable(Machine m, long level) {
        logger(m, "root").level = level + 1;
    }

    @Builtin(value = "getLevelName", signature = "level", doc = "The name of a level.")
    static String nameOfLevel(Machine m, long level) {
        return levelName(level);
    }

    /** Something that a script sets up to no effect: all loggers write to one target. */
    private record Part(String name) implements Value {
        private static final TypeValue TYPE = TypeValue.opaque("logging", "Handler", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String attribute) {
            return new NativeFunction(attribute, (machine, a) -> None.NONE);
        }
    }

    @Builtin(value = {"StreamHandler", "FileHandler", "Formatter", "NullHandler"}, signature = "*arguments, **options", doc = "Stands for a handler; all loggers write to the one target that basicConfig sets.")
    static Object part(Machine m, Object[] arguments, Map<String, Object> options) {
        return new Part(arguments.length > 0 ? StringText.repr(Semantics.str(m, arguments[0])) : "");
    }
}
