package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters as scripts describe them, and which task each operation goes to, as TensorFlow 1.15 decides it. */
final class ClusterTest {
    private static final String CLUSTER = "import tensorflow as tf\n"
            + "c = tf.train.ClusterSpec({'worker': ['w0:1', 'w1:1'], 'ps': ['p0:1', 'p1:1'], 'eval': {7: 'e:1'}})\n";

    private static String result(String script, String expression) {
        ScriptRun run = new ScriptRun();
        run.run(CLUSTER + script + "\nresult = " + expression + "\n");
        return Semantics.str(run.machine(), run.variable("result"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c | ClusterSpec({'eval': {7: 'e:1'}, 'ps': ['p0:1', 'p1:1'], 'worker': ['w0:1', 'w1:1']})",
                "c.as_dict() | {'worker': ['w0:1', 'w1:1'], 'ps': ['p0:1', 'p1:1'], 'eval': {7: 'e:1'}}",
                "c.jobs | ['worker', 'ps', 'eval']",
                "c.num_tasks('worker') | 2",
                "c.task_indices('eval') | [7]",
                "c.task_address('ps', 1) | p1:1",
                "c.job_tasks('ps') | ['p0:1', 'p1:1']",
                "c.job_tasks('eval')[6:] | [None, 'e:1']",
                "[j.name for j in c.as_cluster_def().job] | ['eval', 'ps', 'worker']",
                "dict(c.as_cluster_def().job[1].tasks) | {0: 'p0:1', 1: 'p1:1'}",
                "c == tf.train.ClusterSpec(c.as_cluster_def()) | True",
                "c != tf.train.ClusterSpec({'a': ['b:1']}) | True",
                "bool(tf.train.ClusterSpec({})) | False",
                "tf.train.ClusterSpec(c).num_tasks('ps') | 2",
                "tf.DeviceSpec(job='ps', task=1, device_type='cpu').to_string() | /job:ps/task:1/device:CPU:*",
                "tf.DeviceSpec.from_string('/job:a/gpu:3').device_index | 3",
                "tf.train.replica_device_setter() | None",
                "tf.train.replica_device_setter(ps_device='/job:other', cluster=c) | None",
            })
    void says(String expression, String expected) {
        assertEquals(expected, result("", expression));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/job:worker/task:1 | | /job:worker/task:1",
                "/job:worker/task:1 | /cpu:0 | /job:worker/task:1/device:CPU:0",
                "/job:worker/task:1 | gpu:1 | /job:worker/task:1/device:GPU:1",
                "/job:worker/task:1/device:CPU:0 | /job:ps | /job:ps/task:1/device:CPU:0",
                "/job:worker | /job:ps/replica:0/task:3 | /job:ps/replica:0/task:3",
                "/device:CPU:* | /task:2 | /task:2/device:CPU:*",
            })
    void completesDevices(String outer, String inner, String expected) {
        String script = "with tf.device('" + outer + "'):\n    with tf.device('" + (inner == null ? "" : inner) + "'):\n        a = tf.constant(1.0)\n";
        assertEquals(expected, result(script, "a.device"));
    }

    @Test
    void clearsDevices() {
        assertEquals("[/job:a]", result("with tf.device('/job:a'):\n  b = tf.constant(1)\n  with tf.device(None):\n    d = tf.constant(1)\n",
                "'[' + b.device + d.device + ']'"));
    }

    @Test
    void asksFunctions() {
        String script = "def f(op):\n    return '/job:m' if op.type == 'MatMul' else tf.DeviceSpec(job='r') if op.type == 'Relu' else op.device\n"
                + "with tf.device('/task:4'):\n  with tf.device(f):\n"
                + "    a = tf.constant([[1.0]])\n    b = tf.matmul(a, a)\n    d = tf.nn.relu(b)\n";
        assertEquals("['/task:4', '/job:m/task:4', '/job:r/task:4']", result(script, "[a.device, b.device, d.device]"));
    }

    /** The network of a class of scripts: variables in turn, what belongs to a variable beside it, all else on the worker. */
    private static final String NETWORK = "with tf.device(tf.train.replica_device_setter(worker_device='/job:worker/task:1', cluster=c)):\n"
            + "    g = tf.train.get_or_create_global_step()\n"
            + "    x = tf.placeholder(tf.float32, [None, 2])\n"
            + "    w = tf.Variable(tf.random_normal([2, 1]), name='w')\n"
            + "    v = tf.get_variable('v', [1], initializer=tf.zeros_initializer())\n"
            + "    loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + v))\n"
            + "    t = tf.train.AdamOptimizer(0.1).minimize(loss, global_step=g)\n"
            + "    with tf.device('/gpu:0'):\n"
            + "        h = tf.get_variable('h', [1])\n"
            + "    init = tf.global_variables_initializer()\n"
            + "    s = tf.train.Saver()\n"
            + "op = tf.get_default_graph().get_operation_by_name\n"
            + "def at(name):\n"
            + "    o = op(name)\n"
            + "    return o.device + ' ' + ','.join(x.decode() for x in (o.get_attr('_class') if '_class' in o.node_def.attr else []))\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "global_step/Initializer/zeros | ' loc:@global_step'",
                "global_step | /job:ps/task:0 loc:@global_step",
                "global_step/Assign | /job:ps/task:0 loc:@global_step",
                "random_normal/RandomStandardNormal | '/job:worker/task:1 '",
                "w | '/job:ps/task:1 '",
                "w/Assign | /job:ps/task:1 loc:@w",
                "w/read | /job:ps/task:1 loc:@w",
                "v | /job:ps/task:0 loc:@v",
                "MatMul | '/job:worker/task:1 '",
                "gradients/MatMul_grad/MatMul_1 | '/job:worker/task:1 '",
                "w/Adam/Initializer/zeros | /job:ps/task:1 loc:@w",
                "w/Adam | /job:ps/task:1 loc:@w",
                "w/Adam/Assign | /job:ps/task:1 loc:@w",
                "beta1_power | /job:ps/task:0 loc:@v",
                "Adam/learning_rate | '/job:worker/task:1 '",
                "Adam/update_w/ApplyAdam | /job:ps/task:1 loc:@w",
                "Adam/Assign_1 | /job:ps/task:0 loc:@v",
                "Adam/update | '/job:worker/task:1 '",
                "Adam | /job:ps/task:0 loc:@global_step",
                "h | /job:ps/task:1/device:GPU:0 loc:@h",
                "init/NoOp_1 | '/job:ps/task:1 '",
                "init | '/job:worker/task:1 '",
                "save/SaveV2 | '/job:worker/task:1/device:CPU:0 '",
                "save/RestoreV2 | '/job:worker/task:1/device:CPU:0 '",
                "save/Assign_7 | /job:ps/task:1 loc:@w",
            })
    void places(String operation, String expected) {
        assertEquals(expected, result(NETWORK, "at('" + operation + "')"));
    }

    @Test
    void balancesByBytes() {
        String script = "s = tf.contrib.training.GreedyLoadBalancingStrategy(2, tf.contrib.training.byte_size_load_fn)\n"
                + "with tf.device(tf.train.replica_device_setter(cluster=c, ps_strategy=s)):\n"
                + "    vs = [tf.get_variable('v%d' % i, [n]) for i, n in enumerate([10, 1, 2, 3])]\n";
        assertEquals("['/job:ps/task:0', '/job:ps/task:1', '/job:ps/task:1', '/job:ps/task:1']", result(script, "[v.device for v in vs]"));
    }

    @Test
    void handsDevicesToTheGraphDef() {
        assertEquals("/job:worker/task:1", result(
                "with tf.device('/job:worker/task:1'):\n    tf.constant(1.0)\n", "tf.get_default_graph().as_graph_def().node[0].device"));
    }

    @Test
    void divides() {
        String script = "with tf.device(tf.train.replica_device_setter(worker_device='/job:worker/task:1', cluster=c)):\n"
                + "    g = tf.train.get_or_create_global_step()\n"
                + "    w = tf.Variable(1.0, name='w')\n"
                + "    opt = tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.1), 2, total_num_replicas=3)\n"
                + "    t = opt.minimize(tf.square(w), global_step=g)\n"
                + "    tokens = opt.get_init_tokens_op()\n"
                + "    runner = opt.get_chief_queue_runner()\n"
                + "o = {op.type: op.device for op in tf.get_default_graph().get_operations()}\n";
        assertEquals(
                "['sync_rep_local_step', '/job:worker/task:1', '/job:ps/task:1', '/job:ps/task:1', '/job:ps/task:0', 'dummy_queue']",
                result(script, "[t.inputs[0].op.name, t.device, o['ResourceConditionalAccumulator'], o['ResourceAccumulatorTakeGradient'], "
                        + "o['FIFOQueueV2'], runner.name]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tf.train.ClusterSpec(1) | `cluster` must be a dictionary mapping one or more job names to lists of network addresses, or a `ClusterDef` protocol buffer",
                "tf.train.ClusterSpec({'ps': 'p:1'}) | The tasks for job 'ps' must be a list or a dictionary from integers to strings.",
                "tf.train.ClusterSpec({'ps': [1]}) | Task address 1 must be bytes or unicode",
                "c.num_tasks('x') | No such job in cluster: 'x'",
                "c.task_address('ps', 2) | No task with index 2 in job 'ps'",
                "tf.train.Server(c) | Must specify an explicit `job_name`.",
                "tf.train.Server(c, 'ps') | Must specify an explicit `task_index`.",
                "tf.train.Server(c, 'ps', 5) | Task 5 was not defined in job \"ps\"",
                "tf.train.Server(c, 'ps', 0) | No server factory registered for the given ServerDef: /job:ps/task:0. The available server factories are: [ ]",
                "tf.train.Server({'ps': ['p0']}) | Could not parse port for local server from \"p0\".",
                "tf.train.Server(3) | Could not convert `server_or_cluster_def` to a `tf.train.ServerDef` or `tf.train.ClusterSpec`.",
                "tf.Session('grpc://localhost:1') | No session factory registered for the given session options: {target: \"grpc://localhost:1\" config: } Registered factories are {DIRECT_SESSION}.",
                "tf.train.replica_device_setter(2, ps_strategy=3) | ps_strategy must be callable",
                "tf.device('/jbo:ps').__enter__() | Unknown attribute: 'jbo' in '/jbo:ps'",
                "tf.device('/cpu:0/gpu:0').__enter__() | Cannot specify multiple device types: /cpu:0/gpu:0",
                "tf.device(3).__enter__() | a device is a string, a tf.DeviceSpec, a function or None, not 3",
                "tf.train.SyncReplicasOptimizer(tf.train.AdamOptimizer(), 2).get_chief_queue_runner() | Should be called after apply_gradients().",
            })
    void refuses(String expression, String message) {
        NnError error = assertThrows(NnError.class, () -> result("", expression));
        assertEquals(message, error.getMessage());
    }

    /** In one process a Supervisor is the chief of itself. */
    @Test
    void supervises() {
        String script = "w = tf.Variable(1.0)\ng = tf.train.get_or_create_global_step()\n"
                + "t = tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(w), global_step=g)\n"
                + "sv = tf.train.Supervisor(global_step=g)\n"
                + "steps = 0\n"
                + "with sv.managed_session() as sess:\n"
                + "    while not sv.should_stop():\n"
                + "        _, steps = sess.run([t, g])\n"
                + "        if steps >= 3:\n"
                + "            sv.request_stop()\n";
        assertEquals("(3, True)", result(script, "(int(steps), sv.should_stop())"));
    }

    @Test
    void throwsWhatEndedAManagedSession() {
        String script = "w = tf.Variable(1.0)\nsv = tf.train.Supervisor()\n"
                + "try:\n    with sv.managed_session() as sess:\n        raise ValueError('mine')\n    m = 'none'\nexcept ValueError as e:\n    m = str(e)\n";
        assertEquals("mine", result(script, "m"));
    }
}
