package io.retrograd.lib.tf;

import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.run.ScriptModule;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;

/**
 * The parts of TensorFlow's Python API that are Python there too: compositions of other functions, classes that scripts
 * derive from. They are written in the language itself, in the resources beside this class.
 */
final class Written {
    /** A text and the names of a module that it defines; the text is read when one of them is first asked for. */
    private record Part(String module, String text, String... names) {}

    private static final Part[] PARTS = {
        new Part("contrib.rnn", "cells", "InputProjectionWrapper", "EmbeddingWrapper", "LayerNormBasicLSTMCell", "AttentionCellWrapper",
                "LSTMBlockCell", "GRUBlockCell", "GRUBlockCellV2", "UGRNNCell", "IndRNNCell", "LayerRNNCell", "transpose_batch_time",
                "stack_bidirectional_rnn", "stack_bidirectional_dynamic_rnn"),
        new Part("contrib.framework", "framework", "variable", "model_variable", "local_variable", "global_variable",
                "add_model_variable", "get_variables", "get_model_variables", "get_local_variables", "get_trainable_variables",
                "get_variables_by_suffix", "get_variables_by_name", "get_unique_variable", "get_variables_to_restore",
                "get_variable_full_name", "filter_variables", "assign_from_values", "assign_from_values_fn", "assign_from_checkpoint",
                "assign_from_checkpoint_fn", "init_from_checkpoint", "get_placeholders", "get_name_scope", "get_graph_from_inputs",
                "reduce_sum_n", "smart_constant_value", "smart_cond", "strip_name_scope", "prepend_name_scope", "with_shape",
                "with_same_shape", "remove_squeezable_dimensions", "assert_scalar_int", "assert_same_float_dtype", "zero_initializer",
                "convert_to_tensor_or_sparse_tensor", "deprecated", "deprecated_args", "deprecated_arg_values"),
        new Part("contrib.framework.nest", "framework", "is_nested", "is_sequence", "flatten", "pack_sequence_as",
                "assert_same_structure", "map_structure"),
        new Part("nest", "framework", "is_nested", "flatten", "pack_sequence_as", "assert_same_structure", "map_structure"),
        new Part("train", "framework", "init_from_checkpoint"),
        new Part("contrib.layers", "contrib_layers", "layer_norm", "instance_norm", "group_norm", "unit_norm", "maxout",
                "separable_convolution2d", "separable_conv2d", "elu", "relu6", "repeat", "stack", "scale_gradient", "spatial_softmax",
                "bow_encoder", "summarize_tensor", "summarize_activation", "summarize_tensors", "summarize_collection",
                "summarize_variables", "summarize_weights", "summarize_biases", "summarize_activations"),
        new Part("contrib.crf", "crf", "crf_unary_score", "crf_binary_score", "crf_sequence_score", "crf_multitag_sequence_score",
                "crf_log_norm", "crf_log_likelihood", "viterbi_decode", "crf_decode"),
        new Part("contrib.metrics", "contrib_metrics", "accuracy", "f1_score", "confusion_matrix", "streaming_mean",
                "streaming_mean_tensor", "streaming_accuracy", "streaming_precision", "streaming_recall", "streaming_true_positives",
                "streaming_true_negatives", "streaming_false_positives", "streaming_false_negatives", "streaming_mean_absolute_error",
                "streaming_mean_squared_error", "streaming_root_mean_squared_error", "streaming_auc", "streaming_mean_iou",
                "streaming_mean_relative_error", "streaming_mean_cosine_distance", "streaming_percentage_less", "streaming_recall_at_k",
                "aggregate_metrics", "aggregate_metric_map"),
        new Part("metrics", "metrics", "mean_tensor", "true_positives_at_thresholds", "false_positives_at_thresholds",
                "true_negatives_at_thresholds", "false_negatives_at_thresholds", "precision_at_thresholds", "recall_at_thresholds",
                "sensitivity_at_specificity", "specificity_at_sensitivity", "precision_at_top_k", "recall_at_top_k", "precision_at_k",
                "sparse_precision_at_k", "recall_at_k", "average_precision_at_k", "sparse_average_precision_at_k"),
        new Part("contrib.framework", "functions", "argsort"),
        new Part("contrib.framework", "functions", "sort"),
        new Part("contrib.framework", "functions", "list_variables"),
        new Part("contrib.framework", "functions", "load_checkpoint"),
        new Part("contrib.framework", "functions", "load_variable"),
        new Part("contrib.framework", "checks", "is_non_decreasing"),
        new Part("contrib.framework", "checks", "is_strictly_increasing"),
        new Part("contrib.framework", "checks", "is_numeric_tensor"),
        new Part("contrib.framework", "checks", "assert_scalar"),
        new Part("", "gradients", "custom_gradient", "grad_pass_through", "recompute_grad", "GradientTape", "py_function"),
        new Part("train", "hooks", "SessionRunHook", "NanLossDuringTrainingError", "SecondOrStepTimer", "LoggingTensorHook",
                "StopAtStepHook", "CheckpointSaverListener", "CheckpointSaverHook", "StepCounterHook", "NanTensorHook",
                "SummarySaverHook", "GlobalStepWaiterHook", "FinalOpsHook", "FeedFnHook", "ProfilerHook", "Scaffold", "SessionCreator",
                "ChiefSessionCreator", "WorkerSessionCreator", "basic_train_loop"),
        new Part("estimator", "hooks", "SessionRunHook", "SecondOrStepTimer", "LoggingTensorHook", "StopAtStepHook",
                "CheckpointSaverListener", "CheckpointSaverHook", "StepCounterHook", "NanTensorHook", "SummarySaverHook",
                "GlobalStepWaiterHook", "FinalOpsHook", "FeedFnHook", "ProfilerHook"),
        new Part("summary", "hooks", "FileWriterCache"),
        new Part("", "sparse", "sparse_reduce_sum", "sparse_reduce_max", "sparse_reduce_sum_sparse", "sparse_reduce_max_sparse",
                "sparse_add", "sparse_concat", "sparse_split", "sparse_slice", "sparse_reshape", "sparse_transpose", "sparse_mask",
                "sparse_retain", "sparse_reset_shape", "sparse_fill_empty_rows", "sparse_softmax", "sparse_maximum", "sparse_minimum",
                "sparse_merge", "sparse_to_indicator", "sparse_segment_sum", "sparse_segment_mean", "sparse_segment_sqrt_n",
                "sparse_matmul"),
        new Part("sets", "sparse", "set_size", "set_intersection", "set_union", "set_difference", "difference", "intersection", "union",
                "size"),
        new Part("contrib.metrics", "sparse", "set_size", "set_intersection", "set_union", "set_difference"),
        new Part("nn", "sparse", "ctc_loss", "ctc_loss_v2", "ctc_greedy_decoder", "ctc_beam_search_decoder",
                "ctc_beam_search_decoder_v2", "collapse_repeated", "safe_embedding_lookup_sparse"),
        new Part("contrib.layers", "sparse", "safe_embedding_lookup_sparse"),
        new Part("signal", "signal", "rfft", "irfft", "rfft2d", "irfft2d", "rfft3d", "irfft3d", "fftshift", "ifftshift", "frame",
                "overlap_and_add", "hann_window", "hamming_window", "stft", "inverse_stft_window_fn", "inverse_stft", "dct", "idct",
                "linear_to_mel_weight_matrix", "mfccs_from_log_mel_spectrograms", "fft", "ifft", "fft2d", "ifft2d", "fft3d", "ifft3d"),
        new Part("", "signal", "fft", "ifft", "fft2d", "ifft2d", "fft3d", "ifft3d"),
        new Part("spectral", "signal", "fft", "ifft", "fft2d", "ifft2d", "fft3d", "ifft3d", "rfft", "irfft", "rfft2d", "irfft2d",
                "rfft3d", "irfft3d", "dct", "idct"),
        new Part("contrib.signal", "signal", "frame", "overlap_and_add", "hann_window", "hamming_window", "stft",
                "inverse_stft_window_fn", "inverse_stft", "dct", "idct", "linear_to_mel_weight_matrix",
                "mfccs_from_log_mel_spectrograms"),
        new Part("contrib.lookup", "lookup", "LookupInterface", "InitializableLookupTableBase", "HashTable", "TableInitializerBase",
                "KeyValueTensorInitializer", "TextFileIndex", "TextFileInitializer", "TextFileStringTableInitializer",
                "TextFileIdTableInitializer", "HasherSpec", "FastHashSpec", "StrongHashSpec", "IdTableWithHashBuckets",
                "index_table_from_file", "index_table_from_tensor", "index_to_string_table_from_file",
                "index_to_string_table_from_tensor", "string_to_index_table_from_file", "string_to_index_table_from_tensor",
                "string_to_index", "index_to_string", "MutableHashTable", "MutableDenseHashTable"),
        new Part("lookup", "lookup", "StaticHashTable", "StaticVocabularyTable", "KeyValueTensorInitializer", "TextFileInitializer",
                "TextFileIndex"),
        new Part("", "lookup", "tables_initializer", "initialize_all_tables"),
        new Part("initializers", "lookup", "tables_initializer"),
        new Part("keras.backend", "keras_backend", "backend", "floatx", "set_floatx", "epsilon", "set_epsilon", "image_data_format",
                "set_image_data_format", "cast_to_floatx", "get_uid", "reset_uids", "get_session", "eval", "batch_get_value",
                "batch_set_value", "manual_variable_initialization", "variable", "constant", "placeholder", "zeros", "ones", "eye",
                "zeros_like", "ones_like", "random_normal", "random_uniform", "truncated_normal", "random_binomial",
                "random_normal_variable", "random_uniform_variable", "dtype", "ndim", "shape", "int_shape", "count_params", "is_sparse",
                "is_keras_tensor", "to_dense", "cast", "abs", "sqrt", "square", "exp", "log", "sin", "cos", "pow", "round", "sign",
                "clip", "equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "maximum", "minimum", "sum", "prod",
                "mean", "var", "std", "max", "min", "any", "all", "argmax", "argmin", "cumsum", "cumprod", "logsumexp", "l2_normalize",
                "reshape", "flatten", "batch_flatten", "expand_dims", "squeeze", "transpose", "permute_dimensions", "concatenate",
                "stack", "tile", "repeat", "repeat_elements", "reverse", "arange", "gather", "one_hot", "temporal_padding",
                "spatial_2d_padding", "resize_images", "dot", "batch_dot", "bias_add", "update", "update_add", "update_sub",
                "moving_average_update", "stop_gradient", "gradients", "function", "print_tensor", "switch", "in_train_phase",
                "in_test_phase", "map_fn", "foldl", "foldr", "relu", "elu", "sigmoid", "hard_sigmoid", "tanh", "softmax", "softplus",
                "softsign", "dropout", "in_top_k", "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy",
                "conv1d", "conv2d", "conv2d_transpose", "separable_conv2d", "depthwise_conv2d", "pool2d", "batch_normalization",
                "normalize_batch_in_training", "rnn", "ctc_label_dense_to_sparse", "ctc_batch_cost", "ctc_decode"),
        new Part("keras.backend", "keras", "_initialize", "_session", "_context", "_activation", "_initializer", "_regularizer", "_pair",
                "_snake", "_optimizer"),
        new Part("keras.layers", "keras_more", "AbstractRNNCell", "SimpleRNNCell", "GRUCell", "LSTMCell", "StackedRNNCells", "RNN",
                "Cropping1D", "Cropping2D", "Cropping3D", "ZeroPadding1D", "ZeroPadding3D", "UpSampling1D", "UpSampling3D",
                "GlobalAveragePooling3D", "GlobalMaxPooling3D", "GlobalAvgPool3D", "GlobalMaxPool3D", "GlobalAvgPool1D",
                "GlobalMaxPool1D", "GlobalAvgPool2D", "GlobalMaxPool2D", "MaxPooling3D", "AveragePooling3D", "MaxPool3D", "AvgPool3D",
                "Conv3D", "Convolution3D", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout", "AlphaDropout",
                "PReLU", "ThresholdedReLU", "ActivityRegularization", "Attention", "AdditiveAttention"),
        new Part("keras.constraints", "keras_more", "Constraint", "MaxNorm", "NonNeg", "UnitNorm", "MinMaxNorm", "max_norm", "non_neg",
                "unit_norm", "min_max_norm"),
        new Part("keras.optimizers.schedules", "keras_more", "LearningRateSchedule", "ExponentialDecay", "PiecewiseConstantDecay",
                "PolynomialDecay", "InverseTimeDecay"),
        new Part("keras.metrics", "keras_more", "Metric", "Mean", "Sum", "Accuracy", "BinaryAccuracy", "CategoricalAccuracy",
                "SparseCategoricalAccuracy", "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy", "MeanSquaredError",
                "MeanAbsoluteError", "MeanAbsolutePercentageError", "MeanSquaredLogarithmicError", "CategoricalCrossentropy",
                "SparseCategoricalCrossentropy", "BinaryCrossentropy", "KLDivergence", "CosineSimilarity", "Hinge", "SquaredHinge",
                "CategoricalHinge", "LogCoshError", "Poisson", "RootMeanSquaredError", "TruePositives", "FalsePositives",
                "TrueNegatives", "FalseNegatives", "Precision", "Recall", "AUC", "MeanIoU", "sparse_top_k_categorical_accuracy",
                "categorical_hinge", "cosine", "cosine_proximity"),
        new Part("keras.losses", "keras_more", "categorical_hinge", "cosine", "cosine_proximity"),
        new Part("keras.activations", "keras_more", "linear", "exponential"),
        new Part("keras.activations", "keras_backend", "hard_sigmoid", "sigmoid", "tanh"),
        new Part("keras.utils", "keras_more", "get_file", "Sequence", "Progbar"),
        new Part("contrib.seq2seq", "beams", "BeamSearchDecoder", "BeamSearchDecoderState", "BeamSearchDecoderOutput",
                "FinalBeamSearchDecoderOutput", "gather_tree", "ScheduledEmbeddingTrainingHelper", "InferenceHelper", "hardmax", "safe_cumprod"),
        new Part("python.client.timeline", "timeline", "Timeline"),
        new Part("", "more", "enable_eager_execution", "enable_v2_behavior", "function", "enable_resource_variables",
                "disable_resource_variables", "resource_variables_enabled", "control_flow_v2_enabled", "get_logger", "dimension_value",
                "dimension_at_index", "switch_case", "vectorized_map", "parallel_stack", "add_check_numerics_ops",
                "required_space_to_batch_paddings", "fixed_size_partitioner", "histogram_fixed_width_bins", "lbeta"),
        new Part("math", "more", "lbeta"),
        new Part("image", "more", "extract_patches", "ssim"),
        new Part("logging", "more", "log_every_n", "log_first_n", "log_if", "vlog", "flush"),
        new Part("config.experimental", "more", "list_physical_devices", "get_visible_devices", "list_logical_devices",
                "set_memory_growth", "set_visible_devices"),
        new Part("config", "more", "list_physical_devices"),
        new Part("train", "more", "cosine_decay_restarts", "noisy_linear_cosine_decay"),
        new Part("linalg", "more", "expm", "pinv", "matrix_rank", "normalize", "sqrtm", "tridiagonal_solve"),
        new Part("contrib.image", "more", "transform", "rotate", "translate", "angles_to_projective_transforms",
                "translations_to_projective_transforms"),
        new Part("nn", "more", "raw_rnn"),
        new Part("data.experimental", "more", "shuffle_and_repeat", "map_and_batch", "parallel_interleave", "prefetch_to_device",
                "unbatch", "enumerate_dataset", "Counter", "get_single_element"),
        new Part("contrib.data", "more", "shuffle_and_repeat", "map_and_batch", "parallel_interleave", "prefetch_to_device", "unbatch",
                "enumerate_dataset", "Counter", "get_single_element", "batch_and_drop_remainder", "padded_batch_and_drop_remainder"),
        new Part("contrib.eager", "more", "enable_eager_execution"),
        new Part("contrib.learn", "contrib_learn", "ModeKeys", "RunConfig", "infer_real_valued_columns_from_input",
                "infer_real_valued_columns_from_input_fn", "DNNClassifier", "DNNRegressor", "LinearClassifier", "LinearRegressor",
                "Estimator", "SKCompat", "ModelFnOps"),
        new Part("contrib.learn.datasets.base", "contrib_learn", "Dataset", "Datasets", "load_csv_with_header",
                "load_csv_without_header", "maybe_download"),
        new Part("contrib.layers", "contrib_learn", "real_valued_column"),
        new Part("layers", "layers_base", "Layer", "InputSpec"),
        new Part("python.layers.base", "layers_base", "Layer", "InputSpec"),
        new Part("contrib.training", "training", "create_train_op", "add_gradients_summaries", "clip_gradient_norms", "clip_gradient_norms_fn",
                "multiply_gradients"),
        new Part("contrib.slim.learning", "training", "add_gradients_summaries", "clip_gradient_norms", "multiply_gradients"),
        new Part("contrib.slim.evaluation", "training", "evaluate_once"),
        new Part("", "checks", "assert_rank", "assert_rank_at_least", "assert_rank_in", "assert_scalar", "assert_type", "assert_integer",
                "assert_near", "is_numeric_tensor", "is_non_decreasing", "is_strictly_increasing", "verify_tensor_all_finite"),
        new Part("debugging", "checks", "assert_rank", "assert_rank_at_least", "assert_rank_in", "assert_scalar", "assert_type",
                "assert_integer", "assert_near", "is_numeric_tensor", "is_non_decreasing", "is_strictly_increasing"),
        new Part("math", "checks", "is_non_decreasing", "is_strictly_increasing"),
        new Part("", "functions", "sort", "argsort", "hessians", "make_template", "space_to_batch", "batch_to_space", "repeat",
                "UnconnectedGradients", "VariableSynchronization", "VariableAggregation", "AggregationMethod"),
        new Part("nn", "functions", "space_to_batch"),
        new Part("train", "functions", "piecewise_constant", "piecewise_constant_decay", "NewCheckpointReader",
                "load_checkpoint", "list_variables", "load_variable"),
        new Part("losses", "functions", "Reduction", "mean_pairwise_squared_error"),
        new Part("metrics", "metrics", "mean_iou", "mean_per_class_accuracy", "mean_relative_error", "mean_cosine_distance", "percentage_below"),
        new Part("image", "image", "ResizeMethod", "rot90", "adjust_gamma", "rgb_to_yuv", "yuv_to_rgb", "rgb_to_yiq", "yiq_to_rgb",
                "total_variation", "psnr", "sobel_edges", "image_gradients", "resize_image_with_pad", "random_hue", "random_saturation", "rgb_to_hsv", "hsv_to_rgb",
                "adjust_hue", "adjust_saturation"),
        new Part("image", "boxes", "sample_distorted_bounding_box", "draw_bounding_boxes", "crop_and_resize", "non_max_suppression",
                "non_max_suppression_with_scores", "non_max_suppression_padded", "non_max_suppression_overlaps", "resize_bicubic", "resize_area"),
        new Part("contrib.tensorboard.plugins.projector", "projector", "ProjectorConfig", "EmbeddingInfo", "SpriteMetadata", "visualize_embeddings"),
        new Part("contrib.seq2seq", "decoding", "Decoder", "BasicDecoder", "BasicDecoderOutput", "Helper", "CustomHelper", "TrainingHelper",
                "GreedyEmbeddingHelper", "SampleEmbeddingHelper", "dynamic_decode", "tile_batch", "AttentionMechanism", "BahdanauAttention",
                "LuongAttention", "AttentionWrapper", "AttentionWrapperState"),
        new Part("contrib.layers", "decoding", "embed_sequence"),
        new Part("nn", "volumes", "conv3d", "conv3d_transpose", "max_pool3d", "avg_pool3d"),
        new Part("layers", "volume_layers", "conv3d", "max_pooling3d", "average_pooling3d"),
        new Part("contrib.training", "hparams", "HParams"),
        new Part("contrib.learn.preprocessing", "vocabulary", "VocabularyProcessor", "CategoricalVocabulary", "tokenizer"),
        new Part("test", "test", "TestCase", "main", "get_temp_dir"),
        new Part("distributions", "distributions", "Distribution", "Normal", "Uniform", "Bernoulli", "Categorical", "Exponential", "kl_divergence"),
        new Part("contrib.distributions", "distributions", "Distribution", "Normal", "Uniform", "Bernoulli", "Categorical", "Exponential",
                "kl_divergence"),
        new Part("contrib.legacy_seq2seq", "seq2seq", "rnn_decoder", "basic_rnn_seq2seq", "tied_rnn_seq2seq", "embedding_rnn_decoder",
                "embedding_rnn_seq2seq", "attention_decoder", "embedding_attention_decoder", "embedding_attention_seq2seq", "model_with_buckets"),
        new Part("keras", "keras",
                "Model", "Sequential", "Input", "__version__"),
        new Part("keras.models", "keras",
                "Model", "Sequential"),
        new Part("keras.layers", "keras",
                "Layer", "InputLayer", "Input", "Dense", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "Dropout",
                "GaussianNoise", "BatchNormalization", "LayerNormalization", "Flatten", "Reshape", "Permute", "RepeatVector",
                "Lambda", "Masking", "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot",
                "add", "multiply", "subtract", "average", "maximum", "concatenate", "dot", "Conv1D", "Conv2D",
                "Convolution1D", "Convolution2D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D", "MaxPooling2D",
                "AveragePooling2D", "MaxPooling1D", "AveragePooling1D", "MaxPool2D", "AvgPool2D", "MaxPool1D", "AvgPool1D",
                "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GlobalAveragePooling1D", "GlobalMaxPooling1D",
                "ZeroPadding2D", "UpSampling2D", "Embedding", "SimpleRNN", "LSTM", "GRU", "Bidirectional", "TimeDistributed"),
        new Part("keras.optimizers", "keras",
                "Optimizer", "SGD", "Adam", "RMSprop", "Adagrad", "Adadelta", "Adamax"),
        new Part("keras.losses", "keras",
                "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
                "mean_squared_logarithmic_error", "hinge", "squared_hinge", "kullback_leibler_divergence", "poisson",
                "logcosh", "cosine_similarity", "categorical_crossentropy", "sparse_categorical_crossentropy",
                "binary_crossentropy", "MSE", "mse", "MAE", "mae", "MAPE", "mape", "MSLE", "msle", "KLD", "kld", "Loss",
                "MeanSquaredError", "MeanAbsoluteError", "CategoricalCrossentropy", "SparseCategoricalCrossentropy",
                "BinaryCrossentropy", "Hinge", "Huber", "KLDivergence"),
        new Part("keras.metrics", "keras",
                "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "top_k_categorical_accuracy",
                "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
                "mean_squared_logarithmic_error", "hinge", "squared_hinge", "kullback_leibler_divergence", "poisson",
                "logcosh", "cosine_similarity", "categorical_crossentropy", "sparse_categorical_crossentropy",
                "binary_crossentropy", "MSE", "mse", "MAE", "mae", "MAPE", "mape", "MSLE", "msle", "KLD", "kld"),
        new Part("keras.callbacks", "keras",
                "Callback", "History", "LambdaCallback", "EarlyStopping", "ModelCheckpoint", "LearningRateScheduler",
                "ReduceLROnPlateau", "TensorBoard", "CSVLogger", "TerminateOnNaN"),
        new Part("keras.utils", "keras",
                "to_categorical", "normalize"),
        new Part("keras.preprocessing.sequence", "keras",
                "pad_sequences"),
        new Part("keras.preprocessing.text", "keras",
                "Tokenizer"),
        new Part("estimator", "estimator", "Estimator", "EstimatorSpec", "ModeKeys", "RunConfig", "TrainSpec", "EvalSpec", "train_and_evaluate",
                "LinearRegressor", "LinearClassifier", "DNNClassifier", "DNNRegressor", "NanLossDuringTrainingError"),
        new Part("estimator.inputs", "estimator", "numpy_input_fn"),
        new Part("feature_column", "estimator", "numeric_column", "bucketized_column", "categorical_column_with_vocabulary_list",
                "categorical_column_with_identity", "indicator_column", "embedding_column", "input_layer"),
        new Part("keras.backend", "keras", "clear_session", "set_session", "get_value", "set_value", "learning_phase"),
    };

    private Written() {}

    /** What modules of Keras are asked for by name: {@code tf.keras.losses.get('mse')}. */
    private static final String[] GETTERS = {"activation", "constraint", "initializer", "regularizer", "optimizer", "metric", "loss"};

    /** What tf.sparse calls by a shorter name than tf does. */
    private static final String[] SPARSE = {
        "add", "concat", "expand_dims", "eye", "fill_empty_rows", "mask", "maximum", "minimum", "merge", "reduce_max", "reduce_max_sparse",
        "reduce_sum", "reduce_sum_sparse", "reset_shape", "reshape", "retain", "segment_mean", "segment_sqrt_n", "segment_sum", "slice",
        "softmax", "split", "to_indicator", "transpose"
    };

    /** Adds to a module what is written for its path. */
    static ModuleValue add(ModuleValue module, String path) {
        for (Part part : PARTS) {
            if (part.module.equals(path)) {
                for (String name : part.names) {
                    module.with(name, (Machine m) -> text(m, part.text).exact(m, name));
                }
            }
        }
        for (String kind : GETTERS) {
            if (path.equals("keras." + kind + "s") || path.equals("keras." + kind + "es")) {
                module.with("get", (Machine m) -> text(m, "keras_more").exact(m, "get_" + kind));
            }
        }
        if (path.equals("contrib.slim.learning")) {
            module.with("train", (Machine m) -> text(m, "training").exact(m, "slim_train"));
            module.with("create_train_op", (Machine m) -> text(m, "training").exact(m, "slim_create_train_op"));
        }
        if (path.equals("sparse")) {
            for (String name : SPARSE) {
                module.with(name, (Machine m) -> text(m, "sparse").exact(m, "sparse_" + name));
            }
        }
        return module;
    }

    static ScriptModule text(Machine m, String name) {
        return ModuleLoader.of(m).library(m, "tensorflow." + name, Written.class, name);
    }
}
