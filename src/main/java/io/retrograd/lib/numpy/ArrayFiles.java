package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Arrays in files: numpy's .npy and .npz formats, and text tables. */
final class ArrayFiles {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int HEADER_ALIGNMENT = 64;
    private static final Pattern HEADER =
            Pattern.compile("'descr': '([<>|=]?)([a-zA-Z])(\\d*)', 'fortran_order': (True|False), 'shape': \\(([^)]*)\\)");

    private ArrayFiles() {}

    static byte[] read(Machine m, String path) {
        try {
            return Files.readAllBytes(m.world().files().readable(path));
        } catch (NoSuchFileException e) {
            throw new NnError(ErrorKind.FILE_NOT_FOUND_ERROR, "[Errno 2] No such file or directory: '" + path + "'");
        } catch (IOException e) {
            throw new NnError(ErrorKind.OS_ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    static void write(Machine m, String path, byte[] bytes) {
        Path to = m.world().files().writable(path);
        try {
            Files.write(to, bytes);
        } catch (NoSuchFileException e) {
            throw new NnError(ErrorKind.FILE_NOT_FOUND_ERROR, "[Errno 2] No such file or directory: '" + path + "'");
        } catch (IOException e) {
            throw new NnError(ErrorKind.OS_ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    static byte[] encode(NdArray a) {
        if (a.dtype() == DType.OBJECT) {
            throw NnError.value("Object arrays cannot be saved when allow_pickle=False");
        }
        String descr = switch (a.dtype()) {
            case UNICODE -> "<U" + ArrayFormat.textWidth(a);
            case STRING -> "|S" + ArrayFormat.textWidth(a);
            default -> (a.dtype().byteSize() == 1 ? "|" : "<") + a.dtype().code();
        };
        String shape = NdArray.tuple(a.shape()).replace(",", ", ").replace(", )", ",)");
        StringBuilder header = new StringBuilder("{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }");
        while ((MAGIC.length + 2 + header.length() + 1) % HEADER_ALIGNMENT != 0) {
            header.append(' ');
        }
        header.append('\n');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.write(header.length() & 0xff);
        out.write(header.length() >>> 8);
        out.writeBytes(header.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(RawBytes.write(a));
        return out.toByteArray();
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException large) {
            throw NnError.value("Cannot parse header: " + digits + " is no size of an array");
        }
    }

    /** How many elements there are, of at least a byte each. */
    private static int elements(int[] shape, int bytes) {
        long n = 1;
        for (int d : shape) {
            n = d < 0 || n * d > bytes ? -1 : n * d;
            if (n < 0) {
                throw tooShort(shape);
            }
        }
        return (int) n;
    }

    private static NnError tooShort(int[] shape) {
        return NnError.value("the file ends before all elements of an array of shape " + NdArray.tuple(shape));
    }

    static NdArray decode(byte[] b) {
        try {
            return array(b);
        } catch (IndexOutOfBoundsException | BufferUnderflowException | NegativeArraySizeException | ArithmeticException broken) {
            throw NnError.value("Cannot parse header: the file is damaged");
        }
    }

    /** The next entry's content; a small file may promise a large one. */
    private static byte[] content(ZipInputStream zip) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 16];
        for (int n = zip.read(part); n >= 0; n = zip.read(part)) {
            Budget.check();
            Budget.require(2L * (all.size() + n));
            all.write(part, 0, n);
        }
        return all.toByteArray();
    }

    private static NdArray array(byte[] b) {
        boolean wide = b[6] > 1;
        int length = b[8] & 0xff | (b[9] & 0xff) << 8 | (wide ? (b[10] & 0xff) << 16 | (b[11] & 0xff) << 24 : 0);
        int start = wide ? 12 : 10;
        if (length < 0 || start + length > b.length) {
            throw NnError.value("EOF: reading array header, expected " + length + " bytes got " + (b.length - start));
        }
        Matcher h = HEADER.matcher(new String(b, start, length, StandardCharsets.ISO_8859_1));
        if (!h.find()) {
            throw NnError.value("Cannot load file containing pickled data when allow_pickle=False");
        }
        List<Integer> dims = new ArrayList<>();
        for (String d : h.group(5).split(",")) {
            if (!d.isBlank()) {
                dims.add(number(d.strip()));
            }
        }
        int[] shape = dims.stream().mapToInt(Integer::intValue).toArray();
        int from = start + length;
        int n = elements(shape, b.length - from);
        NdArray a;
        if (h.group(2).equals("U") || h.group(2).equals("S")) {
            a = RawBytes.readText(b, from, n, h.group(2).equals("U") ? DType.UNICODE : DType.STRING, number(h.group(3)));
        } else {
            DType type = null;
            for (DType t : DType.values()) {
                type = t.code().equals(h.group(2) + h.group(3)) ? t : type;
            }
            if (type == null) {
                throw NnError.value("Cannot load file containing pickled data when allow_pickle=False");
            }
            a = RawBytes.read(b, from, n, type, h.group(1).equals(">"));
        }
        if (h.group(4).equals("True")) {
            int[] reversed = new int[shape.length];
            for (int i = 0; i < shape.length; i++) {
                reversed[i] = shape[shape.length - 1 - i];
            }
            return a.reshape(reversed).transpose();
        }
        return a.reshape(shape);
    }

    @Builtin(value = "save", signature = "file, arr, allow_pickle=True, fix_imports=True", doc = "Writes an array to a .npy file.")
    static void save(Machine m, Object file, Object arr, Object pickle, Object fix) {
        byte[] bytes = encode(ArrayMaker.from(m, arr));
        if (file instanceof String path) {
            write(m, path.endsWith(".npy") ? path : path + ".npy", bytes);
        } else {
            Semantics.callMethod(m, file, "write", new BytesValue(bytes));
        }
    }

    @Builtin(value = {"savez", "savez_compressed"}, signature = "file, *args, **kwds", doc = "Writes several arrays to a .npz file.")
    static void savez(Machine m, String file, Object[] args, Map<String, Object> kwds) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < args.length; i++) {
                zip.putNextEntry(new ZipEntry("arr_" + i + ".npy"));
                zip.write(encode(ArrayMaker.from(m, args[i])));
            }
            for (Map.Entry<String, Object> e : kwds.entrySet()) {
                zip.putNextEntry(new ZipEntry(e.getKey() + ".npy"));
                zip.write(encode(ArrayMaker.from(m, e.getValue())));
            }
        } catch (IOException e) {
            throw new NnError(ErrorKind.OS_ERROR, String.valueOf(e.getMessage()), e);
        }
        write(m, file.endsWith(".npz") ? file : file + ".npz", bytes.toByteArray());
    }

    @Builtin(value = "load", signature = "file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII'", doc = "The array of a .npy file, or the arrays of a .npz file by name.")
    static Object load(Machine m, Object file, Object mmap, Object pickle, Object fix, Object encoding) {
        byte[] b = file instanceof String path ? read(m, path) : ((BytesValue) Semantics.callMethod(m, file, "read")).bytes();
        if (b.length > 2 && b[0] == 'P' && b[1] == 'K') {
            DictValue all = new DictValue();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(b))) {
                for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                    all.putText(e.getName().replaceFirst("\\.npy$", ""), new ArrayValue(decode(content(zip))));
                }
            } catch (IOException | IllegalArgumentException damaged) {
                throw new NnError(ErrorKind.OS_ERROR, String.valueOf(damaged.getMessage()), damaged);
            }
            return new ArchiveValue(all);
        }
        if (b.length < MAGIC.length || b[0] != MAGIC[0] || b[1] != 'N') {
            throw NnError.value("Cannot load file containing pickled data when allow_pickle=False");
        }
        return new ArrayValue(decode(b));
    }

    private static List<String> lines(Machine m, Object file) {
        if (file instanceof String path) {
            return List.of(new String(read(m, path), StandardCharsets.UTF_8).split("\r\n|\r|\n", -1));
        }
        List<String> all = new ArrayList<>();
        Iteration each = Semantics.iterate(m, file);
        for (Object x = each.next(m); x != null; x = each.next(m)) {
            m.step();
            all.add(x instanceof BytesValue b ? new String(b.bytes(), StandardCharsets.UTF_8) : Semantics.str(m, x));
        }
        return all;
    }

    private static String[] cells(String line, Object delimiter, String comments) {
        String s = line;
        int at = comments.isEmpty() ? -1 : s.indexOf(comments);
        if (at >= 0) {
            s = s.substring(0, at);
        }
        s = s.replaceAll("[\\r\\n]+$", "");
        if (s.isBlank()) {
            return new String[0];
        }
        String[] cells = delimiter == None.NONE || delimiter.equals(" ") ? s.strip().split("\\s+") : s.split(Pattern.quote((String) delimiter), -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        return cells;
    }

    private static List<String[]> table(Machine m, Object file, Object delimiter, String comments, int skip, Object usecols, int maxRows) {
        List<String[]> rows = new ArrayList<>();
        List<String> lines = lines(m, file);
        for (int i = skip; i < lines.size() && rows.size() < maxRows; i++) {
            m.step();
            String[] cells = cells(lines.get(i), delimiter, comments);
            if (cells.length == 0) {
                continue;
            }
            if (usecols != None.NONE) {
                long[] columns = Axes.tupleOrInt(m, usecols);
                String[] picked = new String[columns.length];
                for (int k = 0; k < picked.length; k++) {
                    int c = (int) (columns[k] < 0 ? columns[k] + cells.length : columns[k]);
                    if (c >= cells.length) {
                        throw NnError.value("invalid column index " + columns[k] + " at row " + (rows.size() + 1) + " with " + cells.length + " columns");
                    }
                    picked[k] = cells[c];
                }
                cells = picked;
            }
            rows.add(cells);
        }
        return rows;
    }

    private static Object finish(NdArray a, boolean unpack, int ndmin) {
        NdArray x = a;
        if (ndmin < 2) {
            if (x.dim(0) == 1 || x.dim(1) == 1) {
                x = x.reshape(x.size());
                if (ndmin < 1 && x.size() == 1) {
                    x = x.reshape();
                }
            }
        }
        if (unpack && x.rank() > 1) {
            return new ArrayValue(x.transpose());
        }
        return new ArrayValue(x);
    }

    @Builtin(value = "loadtxt", signature = "fname, dtype=None, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, unpack=False, ndmin=0, encoding='bytes', max_rows=None",
            doc = "A table of numbers from a text file.")
    static Object loadtxt(Machine m, Object fname, Object dtype, String comments, Object delimiter, Object converters, int skiprows, Object usecols,
            boolean unpack, int ndmin, Object encoding, Object maxRows) {
        DType t = ElementType.convert(m, dtype);
        int limit = maxRows == None.NONE ? Integer.MAX_VALUE : (int) Semantics.index(m, maxRows);
        List<String[]> rows = table(m, fname, delimiter, comments == null ? "" : comments, skiprows, usecols, limit);
        if (rows.isEmpty()) {
            return new ArrayValue(NdArray.zeros(t, 0));
        }
        int width = rows.get(0).length;
        NdArray out = Creation.zeros(t, rows.size(), width);
        for (int i = 0; i < rows.size(); i++) {
            m.step();
            if (rows.get(i).length != width) {
                throw NnError.value("the number of columns changed from " + width + " to " + rows.get(i).length + " at row " + (i + 1)
                        + "; use `usecols` to select a subset and avoid this error");
            }
            for (int j = 0; j < width; j++) {
                String cell = rows.get(i)[j];
                Object value = cell;
                if (converters instanceof DictValue && Semantics.contains(m, converters, (long) j)) {
                    value = Semantics.call(m, Semantics.item(m, converters, (long) j), cell);
                }
                try {
                    ArrayMaker.put(m, out, i * width + j, value);
                } catch (NnError e) {
                    throw NnError.value("could not convert string '" + cell + "' to " + t.numpyName() + " at row " + i + ", column " + (j + 1) + ".");
                }
            }
        }
        return finish(out, unpack, ndmin);
    }

    @Builtin(value = "genfromtxt", signature = "fname, dtype=None, comments='#', delimiter=None, skip_header=0, skip_footer=0, converters=None, missing_values=None, "
            + "filling_values=None, usecols=None, names=None, unpack=False, encoding='bytes', max_rows=None, **kwargs", doc = "A table from a text file; what is no number becomes NaN.")
    static Object genfromtxt(Machine m, Object fname, Object dtype, String comments, Object delimiter, int skipHeader, int skipFooter, Object converters,
            Object missing, Object filling, Object usecols, Object names, boolean unpack, Object encoding, Object maxRows, Map<String, Object> kwargs) {
        DType t = ElementType.convert(m, dtype);
        int limit = maxRows == None.NONE ? Integer.MAX_VALUE : (int) Semantics.index(m, maxRows);
        List<String[]> rows = table(m, fname, delimiter, comments == null ? "" : comments, skipHeader, usecols, limit);
        rows = rows.subList(0, Math.max(0, rows.size() - skipFooter));
        if (rows.isEmpty()) {
            return new ArrayValue(NdArray.zeros(t, 0));
        }
        int width = rows.get(0).length;
        NdArray out = Creation.zeros(t, rows.size(), width);
        double fill = filling == None.NONE ? Double.NaN : Semantics.real(m, filling);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != width) {
                throw NnError.value("Some errors were detected !\n    Line #" + (i + 1 + skipHeader) + " (got " + rows.get(i).length + " columns instead of " + width + ")");
            }
            for (int j = 0; j < width; j++) {
                String cell = rows.get(i)[j];
                if (t.isReference()) {
                    ArrayMaker.put(m, out, i * width + j, cell);
                    continue;
                }
                double v;
                try {
                    v = FloatText.parse(cell);
                } catch (NumberFormatException e) {
                    v = t.isInteger() ? -1 : fill;
                }
                out.setDouble(i * width + j, v);
            }
        }
        return finish(out, unpack, 0);
    }

    @Builtin(value = "savetxt", signature = "fname, X, fmt='%.18e', delimiter=' ', newline='\\n', header='', footer='', comments='# ', encoding=None", doc = "Writes a table to a text file.")
    static void savetxt(Machine m, Object fname, Object x, Object fmt, String delimiter, Object newline, String header, String footer, String comments, Object encoding) {
        NdArray a = ArrayMaker.from(m, x);
        if (a.rank() == 0 || a.rank() > 2) {
            throw NnError.value("Expected 1D or 2D array, got " + a.rank() + "D array instead");
        }
        NdArray table = a.rank() == 1 ? a.reshape(a.size(), 1) : a;
        int width = table.dim(1);
        String end = "\\n".equals(newline) ? "\n" : Semantics.str(m, newline);
        String format;
        if (fmt instanceof String s) {
            boolean whole = s.chars().filter(c -> c == '%').count() > 1;
            format = whole ? s : String.join(delimiter, Collections.nCopies(width, s));
        } else {
            List<String> each = new ArrayList<>();
            for (Object f : Semantics.elements(m, fmt)) {
                each.add(Semantics.str(m, f));
            }
            format = String.join(delimiter, each);
        }
        StringBuilder out = new StringBuilder();
        if (!header.isEmpty()) {
            out.append(comments).append(header.replace("\n", "\n" + comments)).append(end);
        }
        for (int i = 0; i < table.dim(0); i++) {
            TupleValue row = TupleValue.of(Selection.scalars(table.at(0, i)));
            out.append(Semantics.str(m, Semantics.binary(m, BinaryOperator.REMAINDER, format, row))).append(end);
        }
        if (!footer.isEmpty()) {
            out.append(comments).append(footer.replace("\n", "\n" + comments)).append(end);
        }
        if (fname instanceof String path) {
            write(m, path, out.toString().getBytes(StandardCharsets.UTF_8));
        } else {
            Semantics.callMethod(m, fname, "write", out.toString());
        }
    }
}
