package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;

/** What scripts can ask a CSV writer. */
final class CsvWriterMethods {
    private CsvWriterMethods() {}

    @Builtin(value = "writerow", method = true, signature = "row, /", doc = "Writes a row.")
    static long writeRow(Machine m, CsvModule.WriterValue self, Object row) {
        return self.writeRow(m, row);
    }

    @Builtin(value = "writerows", method = true, signature = "rows, /", doc = "Writes several rows.")
    static void writeRows(Machine m, CsvModule.WriterValue self, Object rows) {
        Iteration all = Semantics.iterate(m, rows);
        for (Object row = all.next(m); row != null; row = all.next(m)) {
            m.step();
            self.writeRow(m, row);
        }
    }

    @Builtin(value = "writeheader", method = true, doc = "Writes the names of the fields.")
    static long writeHeader(Machine m, CsvModule.WriterValue self) {
        return self.writeNames(m);
    }
}
