package io.retrograd.lib.tf.cluster;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Variable;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.Elements;
import io.retrograd.lib.tf.HostFunctions;
import io.retrograd.lib.tf.OptimizerValue;
import io.retrograd.lib.tf.SessionValue;
import io.retrograd.lib.tf.Tensors;
import io.retrograd.lib.tf.TfState;
import io.retrograd.lib.tf.input.QueueRunnerValue;
import io.retrograd.lib.tf.input.QueueValue;
import io.retrograd.session.PlanKey;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.train.SyncReplicas;
import java.util.List;
import java.util.function.UnaryOperator;

/** {@code tf.train.SyncReplicasOptimizer}: what it has besides what every optimizer has. */
public final class SyncReplicasParts {
    private static final String TOO_EARLY = "Should be called after apply_gradients().";

    private SyncReplicasParts() {}

    @Builtin(
            value = "train.SyncReplicasOptimizer",
            signature = "opt, replicas_to_aggregate, total_num_replicas=None, variable_averages=None, variables_to_average=None, "
                    + "use_locking=False, name='sync_replicas'",
            doc = "An optimizer for workers in step: it applies the mean of so many workers' gradients, then lets them go on.",
            example = "opt = tf.train.SyncReplicasOptimizer(opt, replicas_to_aggregate=2, total_num_replicas=2)")
    static Object make(
            Machine m, OptimizerValue inner, long needed, Object replicas, Object averages, Object averaged, boolean locking, String name) {
        long total = replicas == None.NONE ? needed : Semantics.index(m, replicas);
        HostFunctions.info(m, "SyncReplicasV2: replicas_to_aggregate=" + needed + "; total_num_replicas=" + total);
        UnaryOperator<Operation> afterwards = averages == None.NONE ? sync -> sync : sync -> {
            Graph g = TfState.of(m).graph();
            try (Graph.Block after = g.controlDependencies(List.of(sync))) {
                Object applied = Semantics.callMethod(m, averages, "apply", averaged);
                return (Operation) Elements.unwrap(applied);
            }
        };
        return new OptimizerValue(new SyncReplicas(
                inner.optimizer(), Math.toIntExact(needed), Math.toIntExact(total), locking, name, afterwards));
    }

    /** An attribute that other optimizers do not have; null for those that they do. */
    public static Object attribute(Machine m, SyncReplicas sync, String name) {
        return switch (name) {
            case "chief_init_op" -> Tensors.wrap(sync.parts(TOO_EARLY).chiefInit());
            case "local_step_init_op" -> Tensors.wrap(sync.parts(TOO_EARLY).localInit());
            case "ready_for_local_init_op" -> Tensors.wrap(sync.parts(TOO_EARLY).readyForLocalInit());
            case "get_chief_queue_runner" -> new NativeFunction(name, (machine, none) -> runner(sync));
            case "get_init_tokens_op" -> function(name, "num_tokens", (machine, count) -> Tensors.wrap(sync.initTokens(count)));
            case "make_session_run_hook" -> Hook.maker(sync);
            default -> null;
        };
    }

    private interface OfCount {
        Object call(Machine m, int count);
    }

    /** A function of one number, -1 if it is not given. */
    private static Object function(String name, String parameter, OfCount body) {
        return new Keywords(name, new String[] {parameter}, (m, given) ->
                body.call(m, given[0] == null ? -1 : Math.toIntExact(Semantics.index(m, given[0]))));
    }

    private static QueueRunnerValue runner(SyncReplicas sync) {
        SyncReplicas.Parts parts = sync.parts(TOO_EARLY);
        Graph g = parts.globalStep().graph();
        QueueValue dummy = new QueueValue(parts.dummyQueue(), List.of(DType.INT32), List.of(Shape.scalar()), List.of());
        // Its graph may be finished by now: the operation that ends the work is its own.
        Operation cancel = g.operation(closing(dummy)).orElseGet(() -> g.op("QueueCloseV2").name(closing(dummy))
                .input(dummy.handle()).attr("cancel_pending_enqueues", true).operation());
        return new QueueRunnerValue(dummy, List.of(parts.sync()), cancel, cancel);
    }

    private static String closing(QueueValue queue) {
        return queue.shortName() + "_Close";
    }

    /** A method with named parameters, all of which may be left out. */
    private record Keywords(String name, String[] parameters, Body body) implements Value {
        private interface Body {
            Object call(Machine m, Object[] given);
        }

        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            Object[] given = new Object[parameters.length];
            int positional = arguments.length - keywords.length;
            if (arguments.length > parameters.length) {
                throw NnError.type(name + "() takes at most " + parameters.length + " arguments (" + arguments.length + " given)");
            }
            System.arraycopy(arguments, 0, given, 0, positional);
            for (int i = 0; i < keywords.length; i++) {
                int at = List.of(parameters).indexOf(keywords[i]);
                if (at < 0) {
                    throw NnError.type(name + "() got an unexpected keyword argument '" + keywords[i] + "'");
                }
                given[at] = arguments[positional + i];
            }
            return body.call(m, given);
        }
    }

    /** What a monitored session needs to work in step. */
    private static final class Hook implements Value {
        private static final TypeValue TYPE =
                TypeValue.opaque("tensorflow.python.training.sync_replicas_optimizer", "_SyncReplicasOptimizerHook", null);

        private final SyncReplicas sync;
        private final boolean chief;
        private final int tokens;
        private Operation localInit;
        private Operation initTokens;
        private QueueRunnerValue runner;

        private Hook(SyncReplicas sync, boolean chief, int tokens) {
            this.sync = sync;
            this.chief = chief;
            this.tokens = tokens;
        }

        static Object maker(SyncReplicas sync) {
            return new Keywords("make_session_run_hook", new String[] {"is_chief", "num_tokens"}, (m, given) -> {
                if (given[0] == null) {
                    throw NnError.type("make_session_run_hook() missing 1 required positional argument: 'is_chief'");
                }
                return new Hook(
                        sync, Semantics.truth(m, given[0]), given[1] == null ? -1 : Math.toIntExact(Semantics.index(m, given[1])));
            });
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "begin" -> new NativeFunction(name, (machine, none) -> {
                    begin();
                    return None.NONE;
                });
                case "after_create_session" -> new NativeFunction(name, (machine, arguments) -> {
                    afterCreate(machine, (SessionValue) arguments[0], arguments[1]);
                    return None.NONE;
                });
                case "before_run", "after_run", "end" -> new NativeFunction(name, (machine, arguments) -> None.NONE);
                default -> Value.super.attribute(m, name);
            };
        }

        private void begin() {
            SyncReplicas.Parts parts =
                    sync.parts("SyncReplicasOptimizer.apply_gradient should be called before using the hook.");
            localInit = chief ? parts.chiefInit() : parts.localInit();
            if (chief) {
                runner = SyncReplicasParts.runner(sync);
                initTokens = sync.initTokens(tokens);
            }
        }

        private void afterCreate(Machine m, SessionValue session, Object coordinator) {
            Variable step = sync.parts(TOO_EARLY).globalStep();
            NdArray missing = session.session().runUnobserved(
                    new PlanKey(List.of(sync.parts(TOO_EARLY).readyForLocalInit()), List.of(), List.of()), new NdArray[0])[0];
            if (missing.size() > 0) {
                throw NnError.runtime("Init operations did not make model ready for SyncReplicasOptimizer local_init. Init op: "
                        + localInit.name() + ", error: Variables not initialized, " + step.name() + " among them or others");
            }
            session.run(m, Tensors.wrap(localInit), None.NONE);
            if (chief) {
                session.run(m, Tensors.wrap(initTokens), None.NONE);
                runner.threads(session.session(), coordinator, true);
            }
        }
    }
}
