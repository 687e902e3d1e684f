package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The module {@code warnings}. A warning is shown once for each place and text, as Python does. */
final class WarningsModule {
    private WarningsModule() {}

    /** What was shown already, and what simplefilter last said. */
    private static final class Shown {
        private final Set<String> texts = new HashSet<>();
        private String action = "default";
    }

    private static Shown shown(Machine m) {
        return m.state(Shown.class, machine -> new Shown());
    }

    static ModuleValue make(Machine m) {
        return new ModuleValue("warnings").with(WarningsModuleTable.TABLE);
    }

    @Builtin(value = "warn", signature = "message, category=None, stacklevel=1, source=None", doc = "Shows a warning.")
    static void warn(Machine m, Object message, Object category, Object stacklevel, Object source) {
        Shown shown = shown(m);
        if (shown.action.equals("ignore")) {
            return;
        }
        TypeValue type = category instanceof TypeValue t
                ? t
                : message instanceof ExceptionValue e ? e.type() : ExceptionTypes.of(ErrorKind.USER_WARNING);
        if (shown.action.equals("error")) {
            throw ScriptException.raise(m, message instanceof ExceptionValue e ? e : (ExceptionValue) Semantics.call(m, type, message));
        }
        Place place = m.place();
        String where = place.isKnown() ? place.source().name() + ":" + place.span().line() + ": " : "";
        String text = where + type.name() + ": " + Semantics.str(m, message) + "\n";
        if (shown.texts.add(text) || shown.action.equals("always")) {
            m.world().err().write(text);
        }
    }

    @Builtin(value = {"filterwarnings", "simplefilter"}, signature = "action, *rest, **options", doc = "Says what to do with warnings: ignore, error, always, default.")
    static void filter(Machine m, String action, Object[] rest, Map<String, Object> options) {
        shown(m).action = action;
    }

    @Builtin(value = "resetwarnings", doc = "Forgets what filterwarnings said.")
    static void reset(Machine m) {
        shown(m).action = "default";
    }

    @Builtin(value = "catch_warnings", signature = "*, record=False", doc = "Keeps what filterwarnings says inside a with statement.")
    static Object keep(Machine m, boolean record) {
        Shown shown = shown(m);
        String before = shown.action;
        return new ContextManager(record ? new ListValue() : None.NONE, (machine, exception) -> {
            shown.action = before;
            return false;
        });
    }
}
