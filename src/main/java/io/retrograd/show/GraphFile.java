package io.retrograd.show;

import com.google.protobuf.TextFormat;
import io.retrograd.error.NnError;
import io.retrograd.exchange.GraphDefs;
import io.retrograd.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.PNGTranscoder;

/** A graph as the bytes of a file; the file's ending says which kind. */
public final class GraphFile {
    private static final Set<String> PICTURES = Set.of("svg", "png", "html");
    private static final Set<String> ENDINGS = Set.of("svg", "png", "html", "dot", "gv", "pbtxt", "pb");

    /** Larger pictures are made smaller: few programs open them. */
    private static final double MOST_PIXELS = 40e6;

    private GraphFile() {}

    /** What is wrong with a file's name; empty if its ending is one that can be written. */
    public static Optional<String> problem(String file) {
        return ENDINGS.contains(ending(file)) ? Optional.empty()
                : Optional.of("cannot write a graph to '" + file + "': its name is to end in .svg, .png, .dot, .html, .pbtxt or .pb");
    }

    /** How far the graph is folded in that file: pictures of very large graphs more than was asked for. */
    public static GraphView.Fold foldOf(String file, Graph graph, Names names, GraphView.Choice choice) {
        return PICTURES.contains(ending(file)) ? GraphView.fitting(graph, names, choice).fold() : choice.fold();
    }

    private static String ending(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.substring(lower.lastIndexOf('.') + 1);
    }

    /** @throws NnError ValueError for an ending that is none of .svg, .png, .dot, .pbtxt, .pb, .html */
    public static byte[] of(String file, Graph graph, Names names, GraphView.Choice choice) {
        return switch (ending(file)) {
            case "svg" -> text(GraphSvg.document(GraphView.fitting(graph, names, choice)));
            case "dot", "gv" -> text(GraphDot.of(GraphView.of(graph, names, choice)));
            case "pbtxt" -> text(TextFormat.printer().printToString(GraphDefs.of(graph, false)));
            case "pb" -> GraphDefs.of(graph, false).toByteArray();
            case "html" -> text("<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Graph</title>\n"
                    + GraphSvg.document(GraphView.fitting(graph, names, choice)));
            case "png" -> png(new GraphLayout(GraphView.fitting(graph, names, choice)));
            default -> throw NnError.value(problem(file).orElseThrow());
        };
    }

    private static byte[] text(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] png(GraphLayout layout) {
        String svg = GraphSvg.of(layout, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PNGTranscoder transcoder = new PNGTranscoder();
        double pixels = layout.width * layout.height;
        if (pixels > MOST_PIXELS) {
            transcoder.addTranscodingHint(PNGTranscoder.KEY_WIDTH, (float) (layout.width * Math.sqrt(MOST_PIXELS / pixels)));
        }
        try {
            transcoder.transcode(new TranscoderInput(new StringReader(svg.replace("system-ui,", ""))), new TranscoderOutput(bytes));
        } catch (TranscoderException failure) {
            throw new IllegalStateException(failure);
        }
        return bytes.toByteArray();
    }
}
