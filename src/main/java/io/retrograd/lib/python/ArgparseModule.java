package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.StringText;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.python.io.FileOpener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The module {@code argparse}: options and arguments of a script's command line. */
final class ArgparseModule {
    private ArgparseModule() {}

    static ModuleValue make(Machine m) {
        ModuleValue argparse = new ModuleValue("argparse").with(ArgparseModuleTable.TABLE)
                .with("ArgumentParser", (Object) ArgumentParser.TYPE)
                .with("Namespace", (Object) Namespace.TYPE)
                .with("SUPPRESS", ArgumentParser.SUPPRESS)
                .with("REMAINDER", "...").with("OPTIONAL", "?").with("ZERO_OR_MORE", "*").with("ONE_OR_MORE", "+")
                .with("ArgumentTypeError", (Machine machine) -> ExceptionTypes.of(ErrorKind.VALUE_ERROR))
                .with("ArgumentError", (Machine machine) -> ExceptionTypes.of(ErrorKind.VALUE_ERROR));
        for (String formatter : new String[] {"ArgumentDefaultsHelpFormatter", "RawTextHelpFormatter", "RawDescriptionHelpFormatter", "HelpFormatter"}) {
            argparse.with(formatter, formatter);
        }
        return argparse;
    }

    @Builtin(value = "FileType", signature = "mode='r', bufsize=-1, encoding=None, errors=None", doc = "A type for add_argument: a file that is opened.")
    static Object fileType(Machine m, String mode, Object bufsize, String encoding, String errors) {
        return new NativeFunction("FileType", (machine, a) ->
                FileOpener.open(machine, FileOpener.path(machine, a[0]), mode, encoding, errors, null));
    }

    /** What parse_args answers: the options as attributes. */
    static final class Namespace implements Value {
        static final TypeValue TYPE = new TypeValue("argparse", "Namespace", CoreTypes.OBJECT, null, Namespace::construct);

        private final DictValue values = new DictValue();

        private static Object construct(Machine m, Object[] arguments, String[] keywords) {
            Namespace made = new Namespace();
            for (int i = 0; i < keywords.length; i++) {
                made.values.putText(keywords[i], arguments[arguments.length - keywords.length + i]);
            }
            return made;
        }

        void set(String name, Object value) {
            values.putText(name, value);
        }

        Object get(String name) {
            return values.getText(name);
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String name) {
            if (name.equals("__dict__")) {
                return values;
            }
            Object found = values.getText(name);
            return found != null ? found : Value.super.attribute(m, name);
        }

        @Override
        public void setAttribute(Machine m, String name, Object value) {
            values.putText(name, value);
        }

        @Override
        public void deleteAttribute(Machine m, String name) {
            if (values.remove(m, name) == null) {
                throw Semantics.noAttribute(m, this, name);
            }
        }

        @Override
        public boolean contains(Machine m, Object element) {
            return values.containsKey(m, element);
        }

        @Override
        public Collection<String> attributeNames(Machine m) {
            List<String> names = new ArrayList<>();
            for (Object key : values.keyArray()) {
                names.add((String) key);
            }
            return names;
        }

        @Override
        public Object compare(Machine m, CompareOperator op, Object other) {
            return other instanceof Namespace n ? values.compare(m, op, n.values) : NotImplementedValue.NOT_IMPLEMENTED;
        }

        @Override
        public String repr(Machine m) {
            StringBuilder out = new StringBuilder("Namespace(");
            for (DictValue.Entries e = values.entries(); e.next();) {
                out.append(out.length() > 10 ? ", " : "").append(e.key()).append('=').append(Semantics.repr(m, e.value()));
            }
            return out.append(')').toString();
        }
    }

    /** The option that a keyword of a call gives, or the usual one. */
    static Object option(Map<String, Object> options, String name, Object usual) {
        Object given = options.get(name);
        return given == null ? usual : given;
    }

    static String quoted(String s) {
        return StringText.repr(s);
    }
}
