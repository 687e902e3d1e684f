package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Tables from keys to values: words to numbers and back. A table travels through the graph as a resource. */
final class LookupOps {
    /** Columns of a text file that are none: the whole line, the line's number. */
    private static final long WHOLE_LINE = -2;

    private static final long LINE_NUMBER = -1;

    private LookupOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "HashTableV2" -> new TableOp(type, false);
            case "MutableHashTableV2" -> new TableOp(type, true);
            case "MutableHashTableOfTensorsV2" -> new TableOp(type, true, "value_shape: shape = []");
            case "InitializeTableV2" -> new Fill(type, "keys: Tkey, values: Tval", "Tkey: type", "Tval: type");
            case "LookupTableImportV2", "LookupTableInsertV2" -> new Fill(type, "keys: Tin, values: Tout", "Tin: type", "Tout: type");
            case "InitializeTableFromTextFileV2" -> new FillFromFile();
            case "LookupTableRemoveV2" -> new Remove();
            case "LookupTableFindV2" -> new Find();
            case "LookupTableSizeV2" -> new Size();
            case "LookupTableExportV2" -> new Export();
            default -> null;
        };
    }

    /** The contents, in the order in which they came. */
    private static final class Table {
        final boolean mutable;
        final DType keyType;
        final DType valueType;
        final Map<Object, Entry> entries = new LinkedHashMap<>();
        boolean initialized;

        Table(boolean mutable, DType keyType, DType valueType) {
            this.mutable = mutable;
            this.initialized = mutable;
            this.keyType = keyType;
            this.valueType = valueType;
        }
    }

    /** A key and its value: row {@code index} of arrays that nobody changes. */
    private record Entry(NdArray keys, NdArray values, int index) {}

    private static Object key(NdArray keys, int i) {
        return switch (keys.dtype()) {
            case STRING -> new String((byte[]) keys.getObject(i), StandardCharsets.ISO_8859_1);
            case FLOAT32, FLOAT64, FLOAT16 -> keys.getDouble(i);
            default -> keys.getLong(i);
        };
    }

    private static String shown(NdArray a, int i) {
        return a.dtype() == DType.STRING ? new String((byte[]) a.getObject(i), StandardCharsets.UTF_8)
                : a.dtype().isFloating() ? ControlFlowOps.general(a.getDouble(i)) : Long.toString(a.getLong(i));
    }

    private static Table table(KernelContext k) {
        Table table = (Table) k.input(0).getObject(0);
        synchronized (table) {
            return table;
        }
    }

    private static NnError notInitialized() {
        return new NnError(ErrorKind.FAILED_PRECONDITION_ERROR, "Table not initialized.")
                .help("run tf.tables_initializer() in the session first");
    }

    private static int width(NdArray keys, NdArray values) {
        return keys.size() == 0 ? 1 : values.size() / keys.size();
    }

    /** An operation on a table. */
    private abstract static class OnTable extends OpDef {
        OnTable(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public void infer(ShapeContext c) {}

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class TableOp extends OnTable {
        private final boolean mutable;

        TableOp(String type, boolean mutable, String... more) {
            super(type, "", "table_handle: resource", with(
                    more, "container: string = ", "shared_name: string = ", "use_node_name_sharing: bool = false", "key_dtype: type",
                    "value_dtype: type"));
            this.mutable = mutable;
        }

        private static String[] with(String[] more, String... first) {
            String[] all = Arrays.copyOf(first, first.length + more.length);
            System.arraycopy(more, 0, all, first.length, more.length);
            return all;
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            Table table = k.state(Table.class, () -> new Table(
                    mutable, k.operation().attribute("key_dtype"), k.operation().attribute("value_dtype")));
            k.forward(0, NdArray.wrap(DType.RESOURCE, new Object[] {table}));
        }
    }

    static final class Fill extends OnTable {
        Fill(String type, String inputs, String... attributes) {
            super(type, "table_handle: resource, " + inputs, "", attributes);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray keys = k.input(1).copy();
            NdArray values = k.input(2).copy();
            Table table = table(k);
            if (keys.dtype() != table.keyType || values.dtype() != table.valueType) {
                throw NnError.invalidArgument("Conflicting key/value dtypes " + keys.dtype().typeName() + "->" + values.dtype().typeName()
                        + " with " + table.keyType.typeName() + "-" + table.valueType.typeName() + " for table");
            }
            boolean import_ = type().equals("LookupTableImportV2");
            synchronized (table) {
                if (table.initialized && !table.mutable) {
                    // A second initialization changes nothing.
                    return;
                }
                if (import_ && table.mutable) {
                    table.entries.clear();
                }
                for (int i = 0; i < keys.size(); i++) {
                    Entry entry = new Entry(keys, values, i);
                    Entry before = table.mutable ? null : table.entries.putIfAbsent(key(keys, i), entry);
                    if (table.mutable) {
                        table.entries.put(key(keys, i), entry);
                    } else if (before != null && !key(before.values, before.index).equals(key(values, i))) {
                        table.entries.clear();
                        throw NnError.invalidArgument("HashTable has different value for same key. Key " + shown(keys, i) + " has "
                                + shown(before.values, before.index) + " and trying to add value " + shown(values, i));
                    }
                }
                table.initialized = true;
            }
        }
    }

    static final class FillFromFile extends OnTable {
        FillFromFile() {
            super("InitializeTableFromTextFileV2", "table_handle: resource, filename: string", "", "key_index: int", "value_index: int",
                    "vocab_size: int = -1", "delimiter: string = \t");
        }

        @Override
        public void compute(KernelContext k) {
            Table table = table(k);
            String name = new String((byte[]) k.input(1).getObject(0), StandardCharsets.UTF_8);
            String[] lines = lines(k, name);
            long size = k.operation().intAttribute("vocab_size");
            if (size >= 0 && lines.length < size) {
                throw NnError.invalidArgument("Invalid vocab_size in " + name + ": expected " + size + " but got " + lines.length);
            }
            int n = size >= 0 ? (int) size : lines.length;
            Object[] keys = new Object[n];
            Object[] values = new Object[n];
            String delimiter = k.operation().attribute("delimiter");
            long keyColumn = k.operation().intAttribute("key_index");
            long valueColumn = k.operation().intAttribute("value_index");
            for (int i = 0; i < n; i++) {
                keys[i] = column(lines[i], i, keyColumn, delimiter, name, table.keyType);
                values[i] = column(lines[i], i, valueColumn, delimiter, name, table.valueType);
            }
            NdArray allKeys = array(table.keyType, keys);
            NdArray allValues = array(table.valueType, values);
            synchronized (table) {
                if (table.initialized) {
                    return;
                }
                for (int i = 0; i < n; i++) {
                    Entry before = table.entries.putIfAbsent(key(allKeys, i), new Entry(allKeys, allValues, i));
                    if (before != null && !key(allValues, before.index).equals(key(allValues, i))) {
                        table.entries.clear();
                        throw NnError.invalidArgument("HashTable has different value for same key. Key " + shown(allKeys, i) + " has "
                                + shown(allValues, before.index) + " and trying to add value " + shown(allValues, i));
                    }
                }
                table.initialized = true;
            }
        }

        private static NdArray array(DType type, Object[] items) {
            NdArray a = NdArray.zeros(type, items.length);
            for (int i = 0; i < items.length; i++) {
                if (items[i] instanceof byte[] bytes) {
                    a.setObject(i, bytes);
                } else if (items[i] instanceof Double d) {
                    a.setDouble(i, d);
                } else {
                    a.setLong(i, (Long) items[i]);
                }
            }
            return a;
        }

        private static Object column(String line, long number, long column, String delimiter, String file, DType type) {
            if (column == LINE_NUMBER) {
                return number;
            }
            String text = line;
            if (column != WHOLE_LINE) {
                String[] parts = line.split(Pattern.quote(delimiter), -1);
                if (column >= parts.length) {
                    throw NnError.invalidArgument("Invalid number of columns in " + file + " line " + number + " (" + line + ") : expected at least "
                            + (column + 1) + " got " + parts.length);
                }
                text = parts[(int) column];
            }
            if (type == DType.STRING) {
                return text.getBytes(StandardCharsets.ISO_8859_1);
            }
            try {
                return type.isFloating() ? (Object) Double.valueOf(text.strip()) : (Object) Long.valueOf(text.strip());
            } catch (NumberFormatException bad) {
                throw NnError.invalidArgument("Field " + text + " in line " + number + " is not a valid " + type.tfName() + ".");
            }
        }

        private static String[] lines(KernelContext k, String name) {
            Path path = k.files().readable(name);
            try (InputStream in = Files.newInputStream(path)) {
                String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                if (text.isEmpty()) {
                    return new String[0];
                }
                String[] lines = text.split("\n", -1);
                int n = text.endsWith("\n") ? lines.length - 1 : lines.length;
                String[] clean = new String[n];
                for (int i = 0; i < n; i++) {
                    clean[i] = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
                }
                return clean;
            } catch (NoSuchFileException missing) {
                throw new NnError(ErrorKind.NOT_FOUND_ERROR, name + "; No such file or directory");
            } catch (IOException failure) {
                throw new NnError(ErrorKind.UNKNOWN_ERROR, name + "; " + failure.getMessage());
            }
        }
    }

    static final class Remove extends OnTable {
        Remove() {
            super("LookupTableRemoveV2", "table_handle: resource, keys: Tin", "", "Tin: type");
        }

        @Override
        public void compute(KernelContext k) {
            Table table = table(k);
            synchronized (table) {
                for (int i = 0; i < k.input(1).size(); i++) {
                    table.entries.remove(key(k.input(1), i));
                }
            }
        }
    }

    static final class Find extends OnTable {
        Find() {
            super("LookupTableFindV2", "table_handle: resource, keys: Tin, default_value: Tout", "values: Tout", "Tin: type", "Tout: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape value = c.input(2);
            c.output(0, value.hasRank() && value.rank() == 0 ? c.input(1)
                    : c.input(1).hasRank() && value.hasRank() ? c.input(1).concatenate(value) : Shape.unknown());
        }

        @Override
        public void compute(KernelContext k) {
            Table table = table(k);
            NdArray keys = k.input(1);
            NdArray fallback = k.input(2);
            int[] shape = Arrays.copyOf(keys.shape(), keys.rank() + fallback.rank());
            System.arraycopy(fallback.shape(), 0, shape, keys.rank(), fallback.rank());
            NdArray out = k.output(0, shape);
            int width = fallback.size();
            synchronized (table) {
                if (!table.initialized) {
                    throw notInitialized();
                }
                if (keys.dtype() != table.keyType) {
                    throw NnError.invalidArgument("Key must be type " + table.keyType.typeName() + " but got " + keys.dtype().typeName());
                }
                for (int i = 0; i < keys.size(); i++) {
                    Entry found = table.entries.get(key(keys, i));
                    if (found == null) {
                        Blocks.copy(fallback, 0, out, i * width, width);
                    } else {
                        Blocks.copy(found.values, found.index * width, out, i * width, width);
                    }
                }
            }
        }
    }

    static final class Size extends OnTable {
        Size() {
            super("LookupTableSizeV2", "table_handle: resource", "size: int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            Table table = table(k);
            synchronized (table) {
                k.output(0).setLong(0, table.entries.size());
            }
        }
    }

    static final class Export extends OnTable {
        Export() {
            super("LookupTableExportV2", "table_handle: resource", "keys: Tkeys, values: Tvalues", "Tkeys: type", "Tvalues: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.unknownOfRank(1));
        }

        @Override
        public void compute(KernelContext k) {
            Table table = table(k);
            synchronized (table) {
                int n = table.entries.size();
                NdArray keys = k.output(0, n);
                int width = 1;
                int[] shape = {n};
                for (Entry e : table.entries.values()) {
                    width = width(e.keys, e.values);
                    int rest = e.values.rank() - e.keys.rank();
                    shape = Arrays.copyOf(shape, 1 + rest);
                    System.arraycopy(e.values.shape(), e.keys.rank(), shape, 1, rest);
                    break;
                }
                NdArray values = k.output(1, shape);
                int i = 0;
                for (Entry e : table.entries.values()) {
                    Blocks.copy(e.keys, e.index, keys, i, 1);
                    Blocks.copy(e.values, e.index * width, values, i * width, width);
                    i++;
                }
            }
        }
    }
}
