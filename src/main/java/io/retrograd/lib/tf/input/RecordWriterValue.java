package io.retrograd.lib.tf.input;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.RecordFile;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code tf.python_io.TFRecordWriter}: writes records to a file. */
public final class RecordWriterValue implements Value {
    /** {@code tf.python_io.TFRecordWriter}. */
    public static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.lib.io.tf_record", "TFRecordWriter", CoreTypes.OBJECT, RecordWriterValueTable.TABLE, null);

    private final RecordFile.Writer out;
    private boolean closed;

    private RecordWriterValue(RecordFile.Writer out) {
        this.out = out;
    }

    @Builtin(
            value = "__new__",
            signature = "path, options=None",
            doc = "Opens a new TFRecord file.",
            example = "w = tf.python_io.TFRecordWriter('train.tfrecords'); w.write(example.SerializeToString()); w.close()")
    static Object make(Machine m, Object path, Object options) {
        String name = Semantics.str(m, path);
        RecordFile.Compression compression = RecordFile.Compression.named(RecordFunctions.compression(m, options));
        Path file = m.world().files().writable(name);
        if (file.getParent() != null && !Files.isDirectory(file.getParent())) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR, name + "; No such file or directory");
        }
        try {
            return new RecordWriterValue(new RecordFile.Writer(file, compression));
        } catch (IOException e) {
            throw new NnError(ErrorKind.UNKNOWN_ERROR, name + "; " + e.getMessage());
        }
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean sameAs(Object other) {
        return this == other;
    }

    private interface Writing {
        void go() throws IOException;
    }

    private void write(Writing step) {
        if (closed) {
            throw new NnError(ErrorKind.FAILED_PRECONDITION_ERROR, "Writer is closed.");
        }
        try {
            step.go();
        } catch (IOException e) {
            throw new NnError(ErrorKind.UNKNOWN_ERROR, "the record cannot be written: " + e.getMessage());
        }
    }

    @Builtin(value = "write", signature = "record", method = true, doc = "Adds a record of bytes.")
    static void write(Machine m, RecordWriterValue self, Object record) {
        byte[] bytes;
        if (record instanceof BytesValue b) {
            bytes = b.bytes();
        } else if (record instanceof String s) {
            bytes = s.getBytes(StandardCharsets.UTF_8);
        } else {
            throw NnError.type("a record must be bytes, not " + Semantics.typeOf(record).name());
        }
        self.write(() -> self.out.write(bytes));
    }

    @Builtin(value = "flush", method = true, doc = "Hands everything written so far to the system.")
    static void flush(Machine m, RecordWriterValue self) {
        self.write(self.out::flush);
    }

    @Builtin(value = "close", method = true, doc = "Ends the file.")
    static void close(Machine m, RecordWriterValue self) {
        if (!self.closed) {
            self.write(self.out::close);
            self.closed = true;
        }
    }

    @Builtin(value = "__enter__", method = true, doc = "Itself.")
    static Object enter(Machine m, RecordWriterValue self) {
        return self;
    }

    @Builtin(value = "__exit__", signature = "kind, value, traceback", method = true, doc = "Ends the file.")
    static void exit(Machine m, RecordWriterValue self, Object kind, Object value, Object traceback) {
        close(m, self);
    }

    @Builtin(value = "__del__", method = true, doc = "Ends the file.")
    static void delete(Machine m, RecordWriterValue self) {
        close(m, self);
    }
}
