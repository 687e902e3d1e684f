package io.retrograd.lib.tf.cluster;

import io.retrograd.error.NnError;
import io.retrograd.graph.DeviceSpec;
import io.retrograd.graph.Operation;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.OperationValue;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Which task of a cluster an operation belongs to. */
final class ClusterFunctions {
    private static final Set<String> PARAMETERS = Set.of(
            "Variable", "VariableV2", "AutoReloadVariable", "MutableHashTable", "MutableHashTableV2", "MutableHashTableOfTensors",
            "MutableHashTableOfTensorsV2", "MutableDenseHashTable", "MutableDenseHashTableV2", "VarHandleOp",
            "BoostedTreesEnsembleResourceHandleOp", "BoostedTreesQuantileStreamResourceHandleOp", "ResourceConditionalAccumulator");

    private ClusterFunctions() {}

    @Builtin(
            value = "train.replica_device_setter",
            signature = "ps_tasks=0, ps_device='/job:ps', worker_device='/job:worker', merge_devices=True, cluster=None, "
                    + "ps_ops=None, ps_strategy=None",
            doc = "A function for tf.device: variables go to the parameter servers in turn, all else to the worker.",
            example = "with tf.device(tf.train.replica_device_setter(cluster=cluster)):")
    static Object setter(
            Machine m, long tasks, String parameters, String worker, boolean merges, Object cluster, Object types, Object strategy) {
        DeviceSpec server = DeviceSpec.parse(parameters == null ? "" : parameters);
        long count = tasks;
        if (cluster != None.NONE) {
            ClusterSpecValue spec = ClusterSpecValue.of(m, cluster);
            if (server.job() == null || !spec.names().contains(server.job())) {
                return None.NONE;
            }
            count = spec.tasks(server.job()).size();
        }
        if (count == 0) {
            return None.NONE;
        }
        if (strategy != None.NONE && !Semantics.isCallable(strategy)) {
            throw NnError.type("ps_strategy must be callable");
        }
        Setter setter = new Setter(
                server, DeviceSpec.parse(worker == null ? "" : worker), merges, types(m, types),
                strategy == None.NONE ? inTurn(count) : op -> Semantics.index(m, Semantics.call(m, strategy, new OperationValue(op))));
        return new NativeFunction("device_function", (machine, arguments) -> {
            if (arguments.length != 1 || !(arguments[0] instanceof OperationValue op)) {
                throw NnError.type("device_function takes an operation");
            }
            return setter.device(op.operation());
        });
    }

    @Builtin(
            value = "contrib.training.GreedyLoadBalancingStrategy",
            signature = "num_tasks, load_fn",
            doc = "A strategy for replica_device_setter: each variable goes to the parameter server with the least load so far.",
            example = "tf.contrib.training.GreedyLoadBalancingStrategy(2, tf.contrib.training.byte_size_load_fn)")
    static Object greedy(Machine m, int tasks, Object load) {
        double[] loads = new double[tasks];
        return new NativeFunction("GreedyLoadBalancingStrategy", (machine, arguments) -> {
            int least = 0;
            for (int i = 1; i < tasks; i++) {
                least = loads[i] < loads[least] ? i : least;
            }
            loads[least] += Semantics.real(machine, Semantics.call(machine, load, arguments));
            return (long) least;
        });
    }

    @Builtin(value = "contrib.training.byte_size_load_fn", signature = "op", doc = "How many bytes a variable has.")
    static double byteSize(Machine m, OperationValue op) {
        Operation variable = op.operation();
        if (!variable.type().equals("VariableV2")) {
            throw NnError.value("Unexpected type of op: " + variable.type());
        }
        if (!variable.output(0).shape().isFullyDefined()) {
            throw NnError.value("Unknown or partially-known shape: " + variable.output(0).shape());
        }
        return (double) variable.output(0).shape().numElements() * variable.output(0).dtype().byteSize();
    }

    private static Set<String> types(Machine m, Object given) {
        if (given == None.NONE) {
            return PARAMETERS;
        }
        Set<String> types = new HashSet<>();
        Iteration all = Semantics.iterate(m, given);
        for (Object each = all.next(m); each != null; each = all.next(m)) {
            m.step();
            types.add(Semantics.str(m, each));
        }
        return types;
    }

    private static ToLongFunction<Operation> inTurn(long tasks) {
        long[] next = {0};
        return op -> {
            long task = next[0];
            next[0] = (task + 1) % tasks;
            return task;
        };
    }

    /** Divides operations between parameter servers and a worker. */
    private record Setter(
            DeviceSpec server, DeviceSpec worker, boolean merges, Set<String> types, ToLongFunction<Operation> strategy) {
        String device(Operation op) {
            if (!merges && !op.device().isEmpty()) {
                return op.device();
            }
            DeviceSpec now = DeviceSpec.parse(op.device());
            if (server.equals(DeviceSpec.ANY) || !types.contains(op.type())) {
                return worker.mergedWith(now).toString();
            }
            boolean open = server.job() != null && (now.job() == null || now.job().isEmpty() || now.job().equals(server.job()));
            return (open ? server.withTask(strategy.applyAsLong(op)) : server).mergedWith(now).toString();
        }
    }
}
