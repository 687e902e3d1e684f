package io.retrograd.lib.tf;

import io.retrograd.graph.build.GraphKeys;
import io.retrograd.lang.value.ModuleValue;

/** {@code tf.GraphKeys}: the names of the standard collections. */
final class GraphKeysModule {
    private GraphKeysModule() {}

    static ModuleValue make() {
        return new ModuleValue("GraphKeys")
                .with("GLOBAL_VARIABLES", GraphKeys.GLOBAL_VARIABLES)
                .with("LOCAL_VARIABLES", GraphKeys.LOCAL_VARIABLES)
                .with("METRIC_VARIABLES", GraphKeys.METRIC_VARIABLES)
                .with("MODEL_VARIABLES", GraphKeys.MODEL_VARIABLES)
                .with("TRAINABLE_VARIABLES", GraphKeys.TRAINABLE_VARIABLES)
                .with("MOVING_AVERAGE_VARIABLES", GraphKeys.MOVING_AVERAGE_VARIABLES)
                .with("SUMMARIES", GraphKeys.SUMMARIES)
                .with("QUEUE_RUNNERS", GraphKeys.QUEUE_RUNNERS)
                .with("TABLE_INITIALIZERS", GraphKeys.TABLE_INITIALIZERS)
                .with("ASSET_FILEPATHS", GraphKeys.ASSET_FILEPATHS)
                .with("REGULARIZATION_LOSSES", GraphKeys.REGULARIZATION_LOSSES)
                .with("SAVERS", GraphKeys.SAVERS)
                .with("WEIGHTS", GraphKeys.WEIGHTS)
                .with("BIASES", GraphKeys.BIASES)
                .with("ACTIVATIONS", GraphKeys.ACTIVATIONS)
                .with("UPDATE_OPS", GraphKeys.UPDATE_OPS)
                .with("LOSSES", GraphKeys.LOSSES)
                .with("SAVEABLE_OBJECTS", GraphKeys.SAVEABLE_OBJECTS)
                .with("RESOURCES", GraphKeys.RESOURCES)
                .with("LOCAL_RESOURCES", GraphKeys.LOCAL_RESOURCES)
                .with("TRAINABLE_RESOURCE_VARIABLES", GraphKeys.TRAINABLE_RESOURCE_VARIABLES)
                .with("INIT_OP", GraphKeys.INIT_OP)
                .with("LOCAL_INIT_OP", GraphKeys.LOCAL_INIT_OP)
                .with("READY_OP", GraphKeys.READY_OP)
                .with("READY_FOR_LOCAL_INIT_OP", GraphKeys.READY_FOR_LOCAL_INIT_OP)
                .with("SUMMARY_OP", GraphKeys.SUMMARY_OP)
                .with("GLOBAL_STEP", GraphKeys.GLOBAL_STEP)
                .with("EVAL_STEP", GraphKeys.EVAL_STEP)
                .with("TRAIN_OP", GraphKeys.TRAIN_OP)
                .with("COND_CONTEXT", GraphKeys.COND_CONTEXT)
                .with("WHILE_CONTEXT", GraphKeys.WHILE_CONTEXT)
                .with("VARIABLES", GraphKeys.GLOBAL_VARIABLES);
    }
}
