package io.retrograd.graph.build;

/** The names of the graph's standard collections: {@code tf.GraphKeys}. */
public final class GraphKeys {
    public static final String GLOBAL_VARIABLES = "variables";
    public static final String LOCAL_VARIABLES = "local_variables";
    public static final String METRIC_VARIABLES = "metric_variables";
    public static final String MODEL_VARIABLES = "model_variables";
    public static final String TRAINABLE_VARIABLES = "trainable_variables";
    public static final String MOVING_AVERAGE_VARIABLES = "moving_average_variables";
    public static final String SUMMARIES = "summaries";
    public static final String QUEUE_RUNNERS = "queue_runners";
    public static final String TABLE_INITIALIZERS = "table_initializer";
    public static final String ASSET_FILEPATHS = "asset_filepaths";
    public static final String REGULARIZATION_LOSSES = "regularization_losses";
    public static final String SAVERS = "savers";
    public static final String WEIGHTS = "weights";
    public static final String BIASES = "biases";
    public static final String ACTIVATIONS = "activations";
    public static final String UPDATE_OPS = "update_ops";
    public static final String LOSSES = "losses";
    public static final String SAVEABLE_OBJECTS = "saveable_objects";
    public static final String RESOURCES = "resources";
    public static final String LOCAL_RESOURCES = "local_resources";
    public static final String TRAINABLE_RESOURCE_VARIABLES = "trainable_resource_variables";
    public static final String INIT_OP = "init_op";
    public static final String LOCAL_INIT_OP = "local_init_op";
    public static final String READY_OP = "ready_op";
    public static final String READY_FOR_LOCAL_INIT_OP = "ready_for_local_init_op";
    public static final String SUMMARY_OP = "summary_op";
    public static final String GLOBAL_STEP = "global_step";
    public static final String EVAL_STEP = "eval_step";
    public static final String TRAIN_OP = "train_op";
    public static final String COND_CONTEXT = "cond_context";
    public static final String WHILE_CONTEXT = "while_context";

    private GraphKeys() {}
}
