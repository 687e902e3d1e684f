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

    /** Adds to a module what is written for its path. */
    static ModuleValue add(ModuleValue module, String path) {
        for (Part part : PARTS) {
            if (part.module.equals(path)) {
                for (String name : part.names) {
                    module.with(name, (Machine m) -> text(m, part.text).exact(m, name));
                }
            }
        }
        return module;
    }

    private static ScriptModule text(Machine m, String name) {
        return ModuleLoader.of(m).library(m, "tensorflow." + name, Written.class, name);
    }
}
