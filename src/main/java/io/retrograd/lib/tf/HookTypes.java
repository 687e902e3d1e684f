package io.retrograd.lib.tf;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** What hooks, which watch the runs of a monitored session, ask of a run; the hooks themselves are written in the language. */
final class HookTypes {
    private HookTypes() {}

    /** What a hook asks a run to compute besides. */
    record RunArguments(Object fetches, Object feeds, Object options) implements Value {
        static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.training.session_run_hook", "SessionRunArgs", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "fetches" -> fetches;
                case "feed_dict" -> feeds;
                case "options" -> options;
                default -> Value.super.attribute(m, name);
            };
        }
    }

    @Builtin(
            value = "train.SessionRunArgs",
            signature = "fetches, feed_dict=None, options=None",
            doc = "What a hook's before_run asks the run to compute besides.")
    static Object arguments(Machine m, Object fetches, Object feeds, Object options) {
        return new RunArguments(fetches, feeds, options);
    }
}
