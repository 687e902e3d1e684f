package io.retrograd.exchange;

import com.google.protobuf.ByteString;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.train.SaverGraph;
import java.util.List;
import org.tensorflow.framework.CollectionDef;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.framework.VariableDef;
import org.tensorflow.util.SaverDef;

/** A graph with what is needed to go on with it: its collections and its saver, as TensorFlow's MetaGraphDef. */
public final class MetaGraphs {
    private MetaGraphs() {}

    /** The message for a graph; {@code saver} may be null. */
    public static MetaGraphDef of(Graph graph, SaverGraph saver, long maxToKeep) {
        MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
        meta.setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().setTensorflowVersion("1.15.0"));
        meta.setGraphDef(GraphDefs.of(graph, true));
        if (saver != null) {
            meta.setSaverDef(SaverDef.newBuilder()
                    .setFilenameTensorName(saver.filename().name())
                    .setSaveTensorName(saver.save().name())
                    .setRestoreOpName(saver.restore().name())
                    .setMaxToKeep((int) maxToKeep)
                    .setKeepCheckpointEveryNHours(10000)
                    .setVersion(SaverDef.CheckpointFormatVersion.V2));
        }
        for (String key : graph.collectionKeys()) {
            CollectionDef collection = collection(graph.collection(key));
            if (collection.getKindCase() != CollectionDef.KindCase.KIND_NOT_SET) {
                meta.putCollectionDef(key, collection);
            }
        }
        return meta.build();
    }

    /** Variables as their messages, tensors and operations by name; what is of no such kind is left out. */
    private static CollectionDef collection(List<Object> items) {
        CollectionDef.Builder out = CollectionDef.newBuilder();
        for (Object item : items) {
            if (item instanceof Variable v) {
                out.getBytesListBuilder().addValue(variable(v).toByteString());
            } else if (item instanceof Output o) {
                out.getNodeListBuilder().addValue(o.name());
            } else if (item instanceof io.retrograd.graph.Operation op) {
                out.getNodeListBuilder().addValue(op.name());
            } else if (item instanceof String s) {
                out.getBytesListBuilder().addValue(ByteString.copyFromUtf8(s));
            } else if (item instanceof Long n) {
                out.getInt64ListBuilder().addValue(n);
            } else if (item instanceof Double d) {
                out.getFloatListBuilder().addValue(d.floatValue());
            }
        }
        return out.build();
    }

    private static VariableDef variable(Variable v) {
        return VariableDef.newBuilder()
                .setVariableName(v.name())
                .setInitialValueName(v.initialValue() == null ? "" : v.initialValue().name())
                .setInitializerName(v.initializer().name())
                .setSnapshotName(v.snapshot().name())
                .setTrainable(v.trainable())
                .build();
    }
}
