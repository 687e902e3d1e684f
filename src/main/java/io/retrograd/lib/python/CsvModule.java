package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Map;

/** The module {@code csv}. */
final class CsvModule {
    private static final long QUOTE_MINIMAL = 0;
    private static final long QUOTE_ALL = 1;
    private static final long QUOTE_NONNUMERIC = 2;
    private static final long QUOTE_NONE = 3;

    private CsvModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("csv").with(CsvModuleTable.TABLE)
                .with("QUOTE_MINIMAL", QUOTE_MINIMAL).with("QUOTE_ALL", QUOTE_ALL)
                .with("QUOTE_NONNUMERIC", QUOTE_NONNUMERIC).with("QUOTE_NONE", QUOTE_NONE)
                .with("Error", (Machine machine) -> ExceptionTypes.of(ErrorKind.VALUE_ERROR));
    }

    /** How fields are parted and quoted. */
    private record Dialect(char delimiter, char quote, String end, long quoting, boolean skipSpace) {
        static Dialect of(Machine m, Object name, Map<String, Object> options) {
            boolean tab = "excel-tab".equals(name);
            boolean unix = "unix".equals(name);
            return new Dialect(character(options, "delimiter", tab ? '\t' : ','), character(options, "quotechar", '"'),
                    options.get("lineterminator") instanceof String s ? s : unix ? "\n" : "\r\n",
                    options.get("quoting") instanceof Long q ? q : unix ? QUOTE_ALL : QUOTE_MINIMAL,
                    options.containsKey("skipinitialspace") && Semantics.truth(m, options.get("skipinitialspace")));
        }

        private static char character(Map<String, Object> options, String name, char usual) {
            Object given = options.get(name);
            if (given == null || given == None.NONE) {
                return usual;
            }
            if (!(given instanceof String s) || s.length() != 1) {
                throw NnError.type("\"" + name + "\" must be a 1-character string");
            }
            return s.charAt(0);
        }
    }

    /** Rows of fields from lines; a quoted field may go on over several lines. */
    private static final class Reader {
        private final Iteration lines;
        private final Dialect dialect;
        private long lineNumber;

        Reader(Iteration lines, Dialect dialect) {
            this.lines = lines;
            this.dialect = dialect;
        }

        private String line(Machine m) {
            Object line = lines.next(m);
            if (line == null) {
                return null;
            }
            if (!(line instanceof String s)) {
                throw NnError.value("iterator should return strings, not " + Semantics.typeOf(line).name() + " (the file should be opened in text mode)");
            }
            lineNumber++;
            return s;
        }

        ListValue row(Machine m) {
            String s = line(m);
            if (s == null) {
                return null;
            }
            ListValue fields = new ListValue();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            boolean wasQuoted = false;
            boolean started = false;
            int i = 0;
            while (true) {
                if (i >= s.length()) {
                    if (!quoted) {
                        break;
                    }
                    String next = line(m);
                    if (next == null) {
                        break;
                    }
                    s = next;
                    i = 0;
                    continue;
                }
                char c = s.charAt(i++);
                if (quoted) {
                    if (c != dialect.quote()) {
                        field.append(c);
                    } else if (i < s.length() && s.charAt(i) == dialect.quote()) {
                        field.append(c);
                        i++;
                    } else {
                        quoted = false;
                    }
                } else if (c == '\n' || c == '\r') {
                    break;
                } else if (c == dialect.delimiter()) {
                    fields.add(value(m, field, wasQuoted));
                    field.setLength(0);
                    wasQuoted = false;
                    started = true;
                } else if (c == dialect.quote() && field.isEmpty() && dialect.quoting() != QUOTE_NONE) {
                    quoted = true;
                    wasQuoted = true;
                } else if (c != ' ' || !field.isEmpty() || !dialect.skipSpace()) {
                    field.append(c);
                }
            }
            if (started || !field.isEmpty() || wasQuoted) {
                fields.add(value(m, field, wasQuoted));
            }
            return fields;
        }

        private Object value(Machine m, StringBuilder field, boolean wasQuoted) {
            String s = field.toString();
            boolean number = dialect.quoting() == QUOTE_NONNUMERIC && !wasQuoted && !s.isEmpty();
            return number ? Semantics.call(m, CoreTypes.FLOAT, s) : (Object) s;
        }
    }

    /** {@code csv.reader} and {@code csv.DictReader}. */
    private static final class ReaderValue implements Value {
        private static final TypeValue TYPE = TypeValue.opaque("_csv", "reader", null);

        private final Reader reader;
        private final boolean dicts;
        private final Object rest;
        private final Object missing;
        private Object names;

        ReaderValue(Reader reader, boolean dicts, Object names, Object rest, Object missing) {
            this.reader = reader;
            this.dicts = dicts;
            this.names = names;
            this.rest = rest;
            this.missing = missing;
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        private Object names(Machine m) {
            if (names == None.NONE) {
                Object first = reader.row(m);
                names = first == null ? None.NONE : first;
            }
            return names;
        }

        @Override
        public Object next(Machine m) {
            if (!dicts) {
                return reader.row(m);
            }
            if (names(m) == None.NONE) {
                return null;
            }
            ListValue row = reader.row(m);
            while (row != null && row.size() == 0) {
                row = reader.row(m);
            }
            if (row == null) {
                return null;
            }
            Object[] keys = Semantics.elements(m, names);
            DictValue dict = new DictValue();
            for (int i = 0; i < keys.length; i++) {
                dict.put(m, keys[i], i < row.size() ? row.get(i) : missing);
            }
            if (row.size() > keys.length) {
                dict.put(m, rest, ListValue.copyOf(row.asList().subList(keys.length, row.size())));
            }
            return dict;
        }

        @Override
        public Iteration iterate(Machine m) {
            return this::next;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "line_num" -> reader.lineNumber;
                case "fieldnames" -> dicts ? names(m) : null;
                case "__next__", "next" -> new NativeFunction(name, (machine, a) -> {
                    Object found = next(machine);
                    if (found == null) {
                        throw new NnError(ErrorKind.STOP_ITERATION, "");
                    }
                    return found;
                });
                case "__iter__" -> new NativeFunction(name, (machine, a) -> this);
                default -> Value.super.attribute(m, name);
            };
        }
    }

    @Builtin(value = "reader", signature = "csvfile, dialect='excel', **options", doc = "The rows of a file as lists of texts.")
    static Object reader(Machine m, Object csvfile, Object dialect, Map<String, Object> options) {
        return new ReaderValue(new Reader(Semantics.iterate(m, csvfile), Dialect.of(m, dialect, options)), false, None.NONE, None.NONE, None.NONE);
    }

    @Builtin(value = "DictReader", signature = "f, fieldnames=None, restkey=None, restval=None, dialect='excel', **options", doc = "The rows of a file as dicts; the first row gives the names.")
    static Object dictReader(Machine m, Object f, Object fieldnames, Object restkey, Object restval, Object dialect, Map<String, Object> options) {
        return new ReaderValue(new Reader(Semantics.iterate(m, f), Dialect.of(m, dialect, options)), true, fieldnames, restkey, restval);
    }

    /** {@code csv.writer} and {@code csv.DictWriter}. */
    static final class WriterValue implements Value {
        private static final TypeValue TYPE = TypeValue.opaque("_csv", "writer", CsvWriterMethodsTable.TABLE);

        private final Object file;
        private final Dialect dialect;
        private final Object[] names;
        private final Object missing;
        private final boolean strict;

        private WriterValue(Object file, Dialect dialect, Object[] names, Object missing, boolean strict) {
            this.file = file;
            this.dialect = dialect;
            this.names = names;
            this.missing = missing;
            this.strict = strict;
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        private String quoted(Machine m, Object field, boolean alone) {
            String s = field == None.NONE ? "" : Semantics.str(m, field);
            boolean needed = alone && s.isEmpty();
            for (int i = 0; i < s.length() && !needed; i++) {
                char c = s.charAt(i);
                needed = c == dialect.delimiter() || c == dialect.quote() || c == '\n' || c == '\r';
            }
            boolean number = field instanceof Long || field instanceof Double;
            if (dialect.quoting() == QUOTE_NONE || !needed && dialect.quoting() != QUOTE_ALL && (dialect.quoting() != QUOTE_NONNUMERIC || number)) {
                return s;
            }
            String q = String.valueOf(dialect.quote());
            return q + s.replace(q, q + q) + q;
        }

        long writeRow(Machine m, Object row) {
            if (names != null && row instanceof DictValue dict) {
                return writeList(m, fields(m, dict));
            }
            return writeList(m, Semantics.elements(m, row));
        }

        private Object[] fields(Machine m, DictValue dict) {
            Object[] fields = new Object[names.length];
            int found = 0;
            for (int i = 0; i < fields.length; i++) {
                Object value = dict.get(m, names[i]);
                found += value == null ? 0 : 1;
                fields[i] = value == null ? missing : value;
            }
            if (strict && found < dict.size()) {
                ListValue extra = new ListValue();
                for (Object key : dict.keyArray()) {
                    if (!TupleValue.of(names).contains(m, key)) {
                        extra.add(Semantics.repr(m, key));
                    }
                }
                throw NnError.value("dict contains fields not in fieldnames: " + Semantics.callMethod(m, ", ", "join", extra));
            }
            return fields;
        }

        long writeNames(Machine m) {
            return writeList(m, names);
        }

        private long writeList(Machine m, Object[] fields) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < fields.length; i++) {
                out.append(i > 0 ? String.valueOf(dialect.delimiter()) : "").append(quoted(m, fields[i], fields.length == 1));
            }
            String line = out.append(dialect.end()).toString();
            Semantics.callMethod(m, file, "write", line);
            return line.length();
        }
    }

    @Builtin(value = "writer", signature = "csvfile, dialect='excel', **options", doc = "Writes rows to a file.")
    static Object writer(Machine m, Object csvfile, Object dialect, Map<String, Object> options) {
        return new WriterValue(csvfile, Dialect.of(m, dialect, options), null, "", false);
    }

    @Builtin(value = "DictWriter", signature = "f, fieldnames, restval='', extrasaction='raise', dialect='excel', **options", doc = "Writes dicts as rows to a file.")
    static Object dictWriter(Machine m, Object f, Object fieldnames, Object restval, String extrasaction, Object dialect, Map<String, Object> options) {
        return new WriterValue(f, Dialect.of(m, dialect, options), Semantics.elements(m, fieldnames), restval, extrasaction.equals("raise"));
    }

    @Builtin(value = "field_size_limit", signature = "limit=None", doc = "There is no limit.")
    static long limit(Machine m, Object limit) {
        return Integer.MAX_VALUE;
    }
}
