package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.strings} and {@code tf.io}: text in the graph, and whole files. */
final class StringFunctions {
    private StringFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Operand of(Machine m, Object value) {
        return Operands.of(m, value);
    }

    private static Object unary(Machine m, String type, Object x, String name) {
        return Tensors.wrap(MathOps.unary(graph(m), type, of(m, x), name));
    }

    @Builtin(value = {"string_join", "strings.join"}, signature = "inputs, separator='', name=None", doc = "Strings put together element by element.")
    static Object join(Machine m, Object inputs, String separator, String name) {
        return Tensors.wrap(graph(m).op("StringJoin").name(name).inputs(Operands.list(m, inputs)).attr("separator", separator).output());
    }

    @Builtin(value = {"as_string", "dtypes.as_string", "strings.as_string"}, signature = "input, precision=-1, scientific=False, shortest=False, width=-1, fill='', name=None", doc = "Numbers as text.")
    static Object asString(Machine m, Object input, long precision, boolean scientific, boolean shortest, long width, String fill, String name) {
        return Tensors.wrap(graph(m).op("AsString").name(name).input(of(m, input)).attr("precision", precision)
                .attr("scientific", scientific).attr("shortest", shortest).attr("width", width).attr("fill", fill).output());
    }

    @Builtin(value = {"string_to_number", "strings.to_number"}, signature = "string_tensor|input, out_type=None, name=None", doc = "Text as numbers.")
    static Object toNumber(Machine m, Object strings, Object type, String name) {
        return Tensors.wrap(graph(m).op("StringToNumber").name(name).input(of(m, strings)).attr("out_type", Dims.type(m, type, DType.FLOAT32)).output());
    }

    @Builtin(value = {"string_split", "compat.v1.string_split"}, signature = "source=None, sep=None, skip_empty=True, delimiter=None, result_type='SparseTensor', name=None", doc = "The parts of each string, as a sparse tensor.")
    static Object split(Machine m, Object source, Object separator, Object skip, Object delimiter, Object kind, String name) {
        Graph g = graph(m);
        Object given = Dims.either("sep", separator, "delimiter", delimiter);
        Output text = of(m, source).toOutput(g, DType.STRING, null, "source");
        Output by = of(m, given == None.NONE ? " " : given).toOutput(g, DType.STRING, null, "delimiter");
        Operation op = g.op("StringSplit").name(name).input(text).input(by).attr("skip_empty", Semantics.truth(m, skip)).operation();
        op.output(2).refineShape(Shape.of(2));
        return new SparseTensorValue(op.output(0), op.output(1), op.output(2));
    }

    @Builtin(value = {"reduce_join", "strings.reduce_join"}, signature = "inputs=None, axis=None, keep_dims=None, separator='', name=None, reduction_indices=None, keepdims=None", doc = "Strings put together along dimensions.")
    static Object reduceJoin(Machine m, Object inputs, Object axis, Object keepOld, String separator, String name, Object indices, Object keep) {
        Graph g = graph(m);
        Output text = of(m, inputs).toOutput(g, DType.STRING, null, "inputs");
        Object given = Dims.either("axis", axis, "reduction_indices", indices);
        Operand dims;
        if (given != None.NONE) {
            dims = of(m, given);
        } else {
            int rank = Math.max(0, text.shape().rank());
            int[] all = new int[rank];
            for (int i = 0; i < rank; i++) {
                all[i] = rank - 1 - i;
            }
            dims = text.shape().hasRank() ? Literal.ofInts(all) : MathOps.range(g, Shapes.rank(g, text, null));
        }
        boolean keeps = Semantics.truth(m, Dims.either("keepdims", keep, "keep_dims", keepOld));
        return Tensors.wrap(g.op("ReduceJoin").name(name).input(text).input(dims).attr("keep_dims", keeps).attr("separator", separator).output());
    }

    @Builtin(value = {"substr", "strings.substr"}, signature = "input, pos, len, name=None, unit='BYTE'", doc = "Part of each string.")
    static Object substr(Machine m, Object input, Object pos, Object len, String name, String unit) {
        return Tensors.wrap(graph(m).op("Substr").name(name).input(of(m, input)).input(of(m, pos)).input(of(m, len)).attr("unit", unit).output());
    }

    @Builtin(value = "strings.length", signature = "input, name=None, unit='BYTE'", doc = "The length of each string.")
    static Object length(Machine m, Object input, String name, String unit) {
        return Tensors.wrap(graph(m).op("StringLength").name(name).input(of(m, input)).attr("unit", unit).output());
    }

    @Builtin(value = {"string_strip", "strings.strip"}, signature = "input, name=None", doc = "Each string without blanks at its ends.")
    static Object strip(Machine m, Object input, String name) {
        return unary(m, "StringStrip", input, name);
    }

    @Builtin(value = "strings.lower", signature = "input, encoding='', name=None", doc = "Small letters.")
    static Object lower(Machine m, Object input, Object encoding, String name) {
        return unary(m, "StringLower", input, name);
    }

    @Builtin(value = "strings.upper", signature = "input, encoding='', name=None", doc = "Capital letters.")
    static Object upper(Machine m, Object input, Object encoding, String name) {
        return unary(m, "StringUpper", input, name);
    }

    @Builtin(value = {"encode_base64", "io.encode_base64"}, signature = "input, pad=False, name=None", doc = "Bytes as web-safe base64.")
    static Object encodeBase64(Machine m, Object input, boolean pad, String name) {
        return Tensors.wrap(graph(m).op("EncodeBase64").name(name).input(of(m, input)).attr("pad", pad).output());
    }

    @Builtin(value = {"decode_base64", "io.decode_base64"}, signature = "input, name=None", doc = "The bytes of web-safe base64.")
    static Object decodeBase64(Machine m, Object input, String name) {
        return unary(m, "DecodeBase64", input, name);
    }

    @Builtin(value = {"regex_replace", "strings.regex_replace"}, signature = "input, pattern, rewrite, replace_global=True, name=None", doc = "What matches a pattern, replaced.")
    static Object regexReplace(Machine m, Object input, Object pattern, Object rewrite, boolean all, String name) {
        return Tensors.wrap(graph(m).op("RegexReplace").name(name).input(of(m, input)).input(of(m, pattern)).input(of(m, rewrite)).attr("replace_global", all).output());
    }

    @Builtin(value = "strings.regex_full_match", signature = "input, pattern, name=None", doc = "Whether a pattern matches all of each string.")
    static Object regexFullMatch(Machine m, Object input, Object pattern, String name) {
        return Tensors.wrap(MathOps.binary(graph(m), "RegexFullMatch", of(m, input), of(m, pattern), name));
    }

    @Builtin(value = {"decode_raw", "io.decode_raw"}, signature = "input_bytes=None, out_type=None, little_endian=True, name=None, bytes=None", doc = "Bytes as numbers.")
    static Object decodeRaw(Machine m, Object input, Object type, boolean little, String name, Object bytes) {
        Object given = Dims.either("input_bytes", input, "bytes", bytes);
        return Tensors.wrap(graph(m).op("DecodeRaw").name(name).input(of(m, given)).attr("out_type", DTypeValue.convert(m, type)).attr("little_endian", little).output());
    }

    @Builtin(value = {"decode_csv", "io.decode_csv"}, signature = "records, record_defaults, field_delim=',', use_quote_delim=True, name=None, na_value='', select_cols=None", doc = "The fields of lines of CSV, a tensor each.")
    static Object decodeCsv(Machine m, Object records, Object defaults, String delimiter, boolean quotes, String name, String missing, Object columns) {
        return Tensors.wrap(graph(m).op("DecodeCSV").name(name).input(of(m, records)).inputs(Operands.list(m, defaults))
                .attr("field_delim", delimiter).attr("use_quote_delim", quotes).attr("na_value", missing)
                .attr("select_cols", columns == None.NONE ? List.of() : Dims.attribute(m, columns)).operation().outputs());
    }

    @Builtin(value = {"read_file", "io.read_file"}, signature = "filename, name=None", doc = "The bytes of a file.")
    static Object readFile(Machine m, Object filename, String name) {
        return unary(m, "ReadFile", filename, name);
    }

    @Builtin(value = {"write_file", "io.write_file"}, signature = "filename, contents, name=None", doc = "Writes a file.")
    static Object writeFile(Machine m, Object filename, Object contents, String name) {
        return Tensors.wrap(graph(m).op("WriteFile").name(name).input(of(m, filename)).input(of(m, contents)).operation());
    }

    @Builtin(value = {"matching_files", "io.matching_files"}, signature = "pattern, name=None", doc = "The names of the files that match a pattern.")
    static Object matchingFiles(Machine m, Object pattern, String name) {
        return unary(m, "MatchingFiles", pattern, name);
    }

    // Text in buckets

    @Builtin(
            value = {"string_to_hash_bucket_fast", "strings.to_hash_bucket_fast"},
            signature = "input, num_buckets, name=None",
            doc = "The bucket of each string by its FarmHash fingerprint.")
    static Object hashFast(Machine m, Object input, long buckets, String name) {
        return Tensors.wrap(TfState.of(m).graph().op("StringToHashBucketFast").name(name).input(Operands.of(m, input))
                .attr("num_buckets", buckets).output());
    }

    @Builtin(
            value = {"string_to_hash_bucket", "strings.to_hash_bucket"},
            signature = "string_tensor=None, num_buckets=None, name=None, input=None",
            doc = "The bucket of each string by TensorFlow's first hash.")
    static Object hash(Machine m, Object strings, Object buckets, String name, Object input) {
        return Tensors.wrap(TfState.of(m).graph().op("StringToHashBucket").name(name)
                .input(Operands.of(m, strings == None.NONE ? input : strings))
                .attr("num_buckets", Semantics.index(m, buckets)).output());
    }

    @Builtin(
            value = {"string_to_hash_bucket_strong", "strings.to_hash_bucket_strong"},
            signature = "input, num_buckets, key, name=None",
            doc = "The bucket of each string by SipHash under a key of two numbers.")
    static Object hashStrong(Machine m, Object input, long buckets, Object key, String name) {
        List<Object> words = new ArrayList<>();
        for (Object each : Semantics.elements(m, key)) {
            words.add(Semantics.index(m, each));
        }
        if (words.size() != 2) {
            throw NnError.value("Key must have size 2, got " + words.size());
        }
        return Tensors.wrap(TfState.of(m).graph().op("StringToHashBucketStrong").name(name).input(Operands.of(m, input))
                .attr("num_buckets", buckets).attr("key", words).output());
    }

    @Builtin(
            value = "strings.split",
            signature = "input=None, sep=None, maxsplit=-1, result_type='SparseTensor', source=None",
            doc = "The parts of each string, as a sparse tensor; without a separator the words.")
    static Object split(Machine m, Object input, Object separator, long most, String type, Object source) {
        if (!type.equals("SparseTensor")) {
            throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "tf.strings.split gives SparseTensors here, no " + type + "s");
        }
        Graph g = TfState.of(m).graph();
        Object separators = separator == None.NONE ? "" : separator;
        try (NameScope scope = g.nameScope("StringSplit")) {
            Operation op = g.op("StringSplitV2")
                    .input(Operands.of(m, input == None.NONE ? source : input).toOutput(g, DType.STRING, null, "source"))
                    .input(Operands.of(m, separators).toOutput(g, DType.STRING, null, "sep"))
                    .attr("maxsplit", most).operation();
            return new SparseTensorValue(op.output(0), op.output(1), op.output(2));
        }
    }

    @Builtin(
            value = {"strings.unsorted_segment_join", "unsorted_segment_join"},
            signature = "inputs, segment_ids, num_segments, separator='', name=None",
            doc = "The strings of each segment, joined.")
    static Object segmentJoin(Machine m, Object inputs, Object ids, Object number, String separator, String name) {
        return Tensors.wrap(TfState.of(m).graph().op("UnsortedSegmentJoin").name(name).input(Operands.of(m, inputs)).input(Operands.of(m, ids))
                .input(Operands.of(m, number)).attr("separator", separator).output());
    }
}
