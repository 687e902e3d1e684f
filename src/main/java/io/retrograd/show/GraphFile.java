package io.retrograd.show;

import com.google.protobuf.TextFormat;
import io.retrograd.error.NnError;
import io.retrograd.exchange.GraphDefs;
import io.retrograd.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.PNGTranscoder;

/** A graph as the bytes of a file; the file's ending says which kind. */
public final class GraphFile {
    private GraphFile() {}

    /** @throws NnError ValueError for an ending that is none of .svg, .png, .dot, .pbtxt, .html */
    public static byte[] of(String file, Graph graph, Names names, GraphView.Choice choice) {
        String lower = file.toLowerCase(Locale.ROOT);
        String ending = lower.substring(lower.lastIndexOf('.') + 1);
        return switch (ending) {
            case "svg" -> text(GraphSvg.document(GraphView.fitting(graph, names, choice)));
            case "dot", "gv" -> text(GraphDot.of(GraphView.fitting(graph, names, choice)));
            case "pbtxt" -> text(TextFormat.printer().printToString(GraphDefs.of(graph, false)));
            case "html" -> text("<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Graph</title>\n"
                    + GraphSvg.document(GraphView.fitting(graph, names, choice)));
            case "png" -> png(GraphSvg.document(GraphView.fitting(graph, names, choice)));
            default -> throw NnError.value("cannot write a graph to '" + file + "': its name is to end in .svg, .png, .dot, .html or .pbtxt");
        };
    }

    private static byte[] text(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] png(String svg) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new PNGTranscoder().transcode(new TranscoderInput(new StringReader(svg.replace("system-ui,", ""))), new TranscoderOutput(bytes));
        } catch (TranscoderException failure) {
            throw new IllegalStateException(failure);
        }
        return bytes.toByteArray();
    }
}
