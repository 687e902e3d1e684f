package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.Checkpoint;
import io.retrograd.format.CheckpointState;
import io.retrograd.graph.Graph;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.train.LearningRates;
import io.retrograd.train.MovingAverage;
import io.retrograd.train.SaverGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** tf.train besides the optimizers: schedules of the learning rate, savers and what they left behind. */
final class TrainFunctions {
    private TrainFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    @Builtin(
            value = "train.exponential_decay",
            signature = "learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None",
            doc = "learning_rate * decay_rate ^ (global_step / decay_steps), by whole steps if staircase.",
            example = "tf.train.exponential_decay(0.1, global_step, 100, 0.99, staircase=True)")
    static Object exponentialDecay(
            Machine m, Object rate, Object step, Object steps, Object decay, boolean staircase, String name) {
        needStep(step);
        return Tensors.wrap(LearningRates.exponential(graph(m), Operands.of(m, rate), Operands.of(m, step),
                Operands.of(m, steps), Operands.of(m, decay), staircase, name));
    }

    @Builtin(
            value = "train.natural_exp_decay",
            signature = "learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None",
            doc = "learning_rate * exp(-decay_rate * global_step / decay_steps).")
    static Object naturalExpDecay(
            Machine m, Object rate, Object step, Object steps, Object decay, boolean staircase, String name) {
        needStep(step);
        return Tensors.wrap(LearningRates.naturalExponential(graph(m), Operands.of(m, rate), Operands.of(m, step),
                Operands.of(m, steps), Operands.of(m, decay), staircase, name));
    }

    @Builtin(
            value = "train.inverse_time_decay",
            signature = "learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None",
            doc = "learning_rate / (1 + decay_rate * global_step / decay_steps).")
    static Object inverseTimeDecay(
            Machine m, Object rate, Object step, Object steps, Object decay, boolean staircase, String name) {
        needStep(step);
        return Tensors.wrap(LearningRates.inverseTime(graph(m), Operands.of(m, rate), Operands.of(m, step),
                Operands.of(m, steps), Operands.of(m, decay), staircase, name));
    }

    @Builtin(
            value = "train.polynomial_decay",
            signature = "learning_rate, global_step, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False, name=None",
            doc = "(learning_rate - end) * (1 - global_step / decay_steps) ^ power + end.")
    static Object polynomialDecay(
            Machine m, Object rate, Object step, Object steps, Object end, Object power, boolean cycle, String name) {
        needStep(step);
        return Tensors.wrap(LearningRates.polynomial(graph(m), Operands.of(m, rate), Operands.of(m, step),
                Operands.of(m, steps), Operands.of(m, end), Operands.of(m, power), cycle, name));
    }

    @Builtin(
            value = "train.cosine_decay",
            signature = "learning_rate, global_step, decay_steps, alpha=0.0, name=None",
            doc = "Half a cosine from learning_rate to alpha * learning_rate.")
    static Object cosineDecay(Machine m, Object rate, Object step, Object steps, double alpha, String name) {
        needStep(step);
        return Tensors.wrap(LearningRates.cosine(graph(m), Operands.of(m, rate), Operands.of(m, step),
                Operands.of(m, steps), alpha, name));
    }

    @Builtin(
            value = "train.linear_cosine_decay",
            signature = "learning_rate, global_step, decay_steps, num_periods=0.5, alpha=0.0, beta=0.001, name=None",
            doc = "A cosine wave under a line that falls.")
    static Object linearCosineDecay(
            Machine m, Object rate, Object step, Object steps, double periods, double alpha, double beta, String name) {
        needStep(step);
        return Tensors.wrap(LearningRates.linearCosine(graph(m), Operands.of(m, rate), Operands.of(m, step),
                Operands.of(m, steps), periods, alpha, beta, name));
    }

    private static void needStep(Object step) {
        if (step == None.NONE) {
            throw NnError.value("global_step is required for exponential_decay.");
        }
    }

    @Builtin(
            value = "train.ExponentialMovingAverage",
            signature = "decay, num_updates=None, zero_debias=False, name='ExponentialMovingAverage'",
            doc = "Shadows of variables: shadow -= (1 - decay) * (shadow - variable).",
            example = "ema = tf.train.ExponentialMovingAverage(0.99, global_step)")
    static Object movingAverage(Machine m, Object decay, Object updates, boolean zeroDebias, String name) {
        return new MovingAverageValue(new MovingAverage(
                Operands.of(m, decay), updates == None.NONE ? null : Operands.of(m, updates), zeroDebias, name));
    }

    @Builtin(
            value = "train.Saver",
            signature = "var_list=None, reshape=False, sharded=False, max_to_keep=5, keep_checkpoint_every_n_hours=10000.0, "
                    + "name=None, restore_sequentially=False, saver_def=None, builder=None, defer_build=False, "
                    + "allow_empty=False, write_version=2, pad_step_number=False, save_relative_paths=False, filename=None",
            doc = "Saves variables to checkpoints in TensorFlow's format and restores them.",
            example = "saver = tf.train.Saver(max_to_keep=3)")
    static Object saver(
            Machine m,
            Object variables,
            boolean reshape,
            boolean sharded,
            Object maxToKeep,
            double keepEvery,
            String name,
            boolean sequentially,
            Object saverDef,
            Object builder,
            boolean deferBuild,
            boolean allowEmpty,
            Object version,
            boolean pad,
            boolean relative,
            String filename) {
        SaverGraph graph = SaverGraph.build(
                graph(m), SaverValue.variables(m, variables), name, filename == null ? "model" : filename, reshape);
        long keep = maxToKeep == None.NONE ? 0 : Semantics.index(m, maxToKeep);
        return new SaverValue(m, graph, keep, keepEvery, pad);
    }

    @Builtin(
            value = "train.get_checkpoint_state",
            signature = "checkpoint_dir, latest_filename=None",
            doc = "What the folder's checkpoint file says, or None: model_checkpoint_path is the newest.")
    static Object checkpointState(Machine m, Object folder, String latest) {
        Optional<CheckpointState> state = read(m, SaverValue.fspath(m, folder), latest);
        return state.isEmpty() ? None.NONE : new State(state.get());
    }

    @Builtin(
            value = {"train.latest_checkpoint", "contrib.framework.latest_checkpoint"},
            signature = "checkpoint_dir, latest_filename=None",
            doc = "The newest checkpoint of a folder, or None.")
    static Object latestCheckpoint(Machine m, Object folder, String latest) {
        Optional<CheckpointState> state = read(m, SaverValue.fspath(m, folder), latest);
        if (state.isEmpty()) {
            return None.NONE;
        }
        String path = state.get().newest();
        if (exists(m, path)) {
            return path;
        }
        m.world().err().write("ERROR:tensorflow:Couldn't match files for checkpoint " + path + "\n");
        return None.NONE;
    }

    @Builtin(
            value = "train.checkpoint_exists",
            signature = "checkpoint_prefix",
            doc = "Whether there is a checkpoint of that prefix.")
    static boolean checkpointExists(Machine m, Object prefix) {
        return exists(m, SaverValue.fspath(m, prefix));
    }

    private static boolean exists(Machine m, String path) {
        Path prefix = m.world().files().readable(path);
        return Files.isRegularFile(Checkpoint.indexFile(prefix)) || Files.isRegularFile(prefix);
    }

    private static Optional<CheckpointState> read(Machine m, String folder, String latest) {
        Path file = m.world().files().readable((folder.isEmpty() ? "." : folder) + "/" + (latest == null ? "checkpoint" : latest));
        try {
            return CheckpointState.read(file).map(s -> {
                List<String> all = new ArrayList<>();
                for (String p : s.all()) {
                    all.add(join(folder, p));
                }
                return new CheckpointState(join(folder, s.newest()), all);
            });
        } catch (IOException unreadable) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    private static String join(String folder, String path) {
        return path.startsWith("/") || folder.isEmpty() ? path : folder.endsWith("/") ? folder + path : folder + "/" + path;
    }

    /** CheckpointState as scripts see it. */
    private record State(CheckpointState state) implements Value {
        private static final TypeValue TYPE =
                TypeValue.opaque("tensorflow.python.training.checkpoint_state_pb2", "CheckpointState", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "model_checkpoint_path" -> state.newest();
                case "all_model_checkpoint_paths" -> ListValue.of(state.all().toArray());
                default -> Value.super.attribute(m, name);
            };
        }

        @Override
        public String repr(Machine m) {
            StringBuilder text = new StringBuilder("model_checkpoint_path: \"" + state.newest() + "\"\n");
            for (String path : state.all()) {
                text.append("all_model_checkpoint_paths: \"").append(path).append("\"\n");
            }
            return text.toString();
        }
    }
}
