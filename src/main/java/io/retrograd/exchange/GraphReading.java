package io.retrograd.exchange;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.retrograd.error.NnError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.framework.SavedModel;

/** Graphs in files of TensorFlow, whichever message and form they are written in. */
public final class GraphReading {
    private GraphReading() {}

    /**
     * The graph in the bytes of a file: a GraphDef, MetaGraphDef or SavedModel (its first graph), binary or text.
     *
     * @param name the file's name, for errors
     * @throws NnError ValueError where it is none of these
     */
    public static GraphDef graph(byte[] bytes, String name) {
        String text = text(bytes);
        if (text != null) {
            GraphDef.Builder graph = GraphDef.newBuilder();
            if (merges(text, graph) && graph.getNodeCount() > 0) {
                return graph.build();
            }
            MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
            if (merges(text, meta) && meta.hasGraphDef()) {
                return meta.getGraphDef();
            }
            SavedModel.Builder model = SavedModel.newBuilder();
            if (merges(text, model) && model.getMetaGraphsCount() > 0) {
                return model.getMetaGraphs(0).getGraphDef();
            }
        }
        GraphDef graph = binary(bytes);
        if (graph == null) {
            throw NnError.value("'" + name + "' holds no graph: neither a GraphDef nor a MetaGraphDef nor a SavedModel, in binary or text form");
        }
        return graph;
    }

    private static GraphDef binary(byte[] bytes) {
        try {
            MetaGraphDef meta = Parsed.from(bytes, MetaGraphDef.parser());
            if (meta.getGraphDef().getNodeCount() > 0) {
                return meta.getGraphDef();
            }
        } catch (InvalidProtocolBufferException another) {
            // Tried as the other messages below.
        }
        try {
            GraphDef graph = Parsed.from(bytes, GraphDef.parser());
            if (graph.getNodeCount() > 0 && !graph.getNode(0).getOp().isEmpty()) {
                return graph;
            }
        } catch (InvalidProtocolBufferException another) {
            // Tried as the other messages below.
        }
        try {
            SavedModel model = Parsed.from(bytes, SavedModel.parser());
            if (model.getMetaGraphsCount() > 0 && model.getMetaGraphs(0).getGraphDef().getNodeCount() > 0) {
                return model.getMetaGraphs(0).getGraphDef();
            }
        } catch (InvalidProtocolBufferException none) {
            return null;
        }
        return null;
    }

    private static boolean merges(String text, Message.Builder into) {
        try {
            TextFormat.merge(text, into);
            return true;
        } catch (TextFormat.ParseException another) {
            return false;
        }
    }

    /** The bytes as text; null where they are none. */
    private static String text(byte[] bytes) {
        for (byte b : bytes) {
            if (b >= 0 && b < 32 && b != '\n' && b != '\r' && b != '\t') {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    /** A meta graph in the bytes of a file, binary or text; ValueError for anything else. */
    public static MetaGraphDef metaGraph(byte[] bytes, String name) {
        String text = text(bytes);
        if (text != null) {
            MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
            try {
                TextFormat.merge(text, meta);
                return meta.build();
            } catch (TextFormat.ParseException damaged) {
                throw NnError.value("Cannot parse file " + name + ": " + damaged.getMessage() + ".");
            }
        }
        try {
            return Parsed.from(bytes, MetaGraphDef.parser());
        } catch (InvalidProtocolBufferException damaged) {
            throw NnError.value("Cannot parse file " + name + ": " + damaged.getMessage() + ".");
        }
    }
}
