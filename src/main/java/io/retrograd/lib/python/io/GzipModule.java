package io.retrograd.lib.python.io;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.TypeValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The module {@code gzip}. */
public final class GzipModule {
    private static final TypeValue TYPE = new TypeValue("gzip", "GzipFile", CoreTypes.OBJECT,
            StreamMethodsTable.TABLE, (m, a, k) -> open(m, a[0], a.length > 1 && a[1] instanceof String s ? s : "rb", null, null, null, null));

    private GzipModule() {}

    /** The module {@code gzip}. */
    public static ModuleValue make(Machine m) {
        return new ModuleValue("gzip").with(GzipModuleTable.TABLE).with("GzipFile", (Object) TYPE);
    }

    @Builtin(value = "open", signature = "filename, mode='rb', compresslevel=9, encoding=None, errors=None, newline=None", doc = "Opens a compressed file.")
    static Object open(Machine m, Object filename, String mode, Object compresslevel, String encoding, String errors, String newline) {
        String path = FileOpener.path(m, filename);
        boolean text = mode.contains("t");
        TextForm form = text ? new TextForm(encoding == null ? "utf-8" : encoding, errors == null ? "strict" : errors, newline) : null;
        try {
            if (mode.startsWith("r")) {
                Path place = m.world().files().readable(path);
                byte[] content = unpack(Files.readAllBytes(place));
                return text ? new TextStream(TextStream.TYPE, form.decode(content)) : new ByteStream(TYPE, content);
            }
            Path place = m.world().files().writable(path);
            return new WrittenFile(path, mode, new GZIPOutputStream(Files.newOutputStream(place)), form);
        } catch (IOException e) {
            throw OsErrors.of(e, path);
        }
    }

    private static byte[] unpack(byte[] packed) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            boolean none = packed.length < 2 || packed[0] != 0x1f || packed[1] != (byte) 0x8b;
            throw new NnError(none ? ErrorKind.OS_ERROR : ErrorKind.EOF_ERROR, none
                    ? "Not a gzipped file (" + new BytesValue(Arrays.copyOf(packed, Math.min(2, packed.length))).repr(null) + ")"
                    : "Compressed file ended before the end-of-stream marker was reached");
        }
    }

    @Builtin(value = "compress", signature = "data, compresslevel=9", doc = "Bytes compressed.")
    static Object compress(Machine m, Object data, Object level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(StreamValue.bytes(m, data));
        } catch (IOException e) {
            throw OsErrors.of(e, "");
        }
        return new BytesValue(out.toByteArray());
    }

    @Builtin(value = "decompress", signature = "data", doc = "Compressed bytes as they were.")
    static Object decompress(Machine m, Object data) {
        return new BytesValue(unpack(StreamValue.bytes(m, data)));
    }
}
