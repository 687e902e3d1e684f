package io.retrograd.lib.tf.input;

import io.retrograd.graph.OpCall;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.TfState;

/** Readers, which take file names from a queue: {@code tf.TextLineReader}, {@code tf.TFRecordReader} and their kin. */
final class ReaderFunctions {
    private ReaderFunctions() {}

    private static Object reader(Machine m, OpCall call, String name) {
        return new ReaderValue(call.name(name).output());
    }

    @Builtin(value = "WholeFileReader", signature = "name=None", doc = "A reader of whole files: the key is the name, the value all bytes.")
    static Object wholeFileReader(Machine m, String name) {
        return reader(m, TfState.of(m).graph().op("WholeFileReaderV2"), name);
    }

    @Builtin(value = "IdentityReader", signature = "name=None", doc = "A reader that gives out the names themselves.")
    static Object identityReader(Machine m, String name) {
        return reader(m, TfState.of(m).graph().op("IdentityReaderV2"), name);
    }

    @Builtin(value = "TextLineReader", signature = "skip_header_lines=None, name=None", doc = "A reader of the lines of text files.")
    static Object textLineReader(Machine m, Object skip, String name) {
        long lines = skip == None.NONE ? 0 : Semantics.index(m, skip);
        return reader(m, TfState.of(m).graph().op("TextLineReaderV2").attr("skip_header_lines", lines), name);
    }

    @Builtin(value = "TFRecordReader", signature = "name=None, options=None", doc = "A reader of the records of TFRecord files.")
    static Object recordReader(Machine m, String name, Object options) {
        return reader(m, TfState.of(m).graph().op("TFRecordReaderV2").attr("compression_type", RecordFunctions.compression(m, options)), name);
    }

    @Builtin(
            value = "FixedLengthRecordReader",
            signature = "record_bytes, header_bytes=None, footer_bytes=None, hop_bytes=None, name=None, encoding=None",
            doc = "A reader of records of so many bytes.")
    static Object fixedReader(Machine m, Object record, Object header, Object footer, Object hop, String name, Object encoding) {
        OpCall call = TfState.of(m).graph().op("FixedLengthRecordReaderV2").attr("record_bytes", Semantics.index(m, record));
        Object[][] rest = {{"header_bytes", header}, {"footer_bytes", footer}, {"hop_bytes", hop}};
        for (Object[] each : rest) {
            call.attr((String) each[0], each[1] == None.NONE ? (Object) 0L : (Object) Semantics.index(m, each[1]));
        }
        return reader(m, call, name);
    }
}
