package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.ModuleScope;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** What watches the runs of a monitored session: {@code tf.train.SessionRunHook}, to be derived from, and those that are ready. */
final class HookTypes {
    private HookTypes() {}

    /** What a hook asks a run to compute besides. */
    record RunArguments(Object fetches, Object feeds) implements Value {
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
                default -> Value.super.attribute(m, name);
            };
        }
    }

    @Builtin(
            value = "train.SessionRunArgs",
            signature = "fetches, feed_dict=None, options=None",
            doc = "What a hook's before_run asks the run to compute besides.")
    static Object arguments(Machine m, Object fetches, Object feeds, Object options) {
        return new RunArguments(fetches, feeds);
    }

    /** Ends the training at a step. */
    static final class StopAtStep implements Value {
        static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.training.basic_session_run_hooks", "StopAtStepHook", null);

        private final long steps;
        private long last;

        StopAtStep(long steps, long last) {
            this.steps = steps;
            this.last = last;
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        /** Where the training begins decides where it ends, if a number of steps was given. */
        void begin(long step) {
            if (last < 0) {
                last = step + steps;
            }
        }

        boolean isReached(long step) {
            return step >= last;
        }
    }

    @Builtin(
            value = "train.StopAtStepHook",
            signature = "num_steps=None, last_step=None",
            doc = "Ends the training after so many steps, or when the global step is last_step.",
            example = "hooks=[tf.train.StopAtStepHook(last_step=1000)]")
    static Object stopAtStep(Machine m, Object steps, Object last) {
        if (steps == None.NONE && last == None.NONE) {
            throw NnError.value("One of num_steps or last_step must be specified.");
        }
        if (steps != None.NONE && last != None.NONE) {
            throw NnError.value("Only one of num_steps or last_step can be specified.");
        }
        return new StopAtStep(steps == None.NONE ? 0 : Semantics.index(m, steps), last == None.NONE ? -1 : Semantics.index(m, last));
    }

    /** In the scripts' own language, since scripts derive classes from it and call its methods by super. */
    private static final String HOOK = """
            class SessionRunHook(object):
                def begin(self): pass
                def after_create_session(self, session, coord): pass
                def before_run(self, run_context): return None
                def after_run(self, run_context, run_values): pass
                def end(self, session): pass
            """;

    /** The class {@code SessionRunHook}: every method does nothing. */
    static Object hook(Machine m) {
        ModuleScope scope = new ModuleScope("tensorflow.python.training.session_run_hook");
        Program.compile(ScriptParser.parse(new Source("session_run_hook", HOOK)), scope, null).run(m);
        return scope.get("SessionRunHook");
    }
}
