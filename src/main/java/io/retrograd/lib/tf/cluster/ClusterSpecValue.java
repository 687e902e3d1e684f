package io.retrograd.lib.tf.cluster;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.message.MessageValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.distruntime.ClusterDef;
import org.tensorflow.distruntime.JobDef;

/** {@code tf.train.ClusterSpec}: the jobs of a cluster, and where each of their tasks listens. */
public final class ClusterSpecValue implements Value {
    /** {@code tf.train.ClusterSpec}. */
    public static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.training.server_lib", "ClusterSpec", CoreTypes.OBJECT, ClusterSpecValueTable.TABLE, null);

    private final Map<String, SortedMap<Long, String>> jobs = new LinkedHashMap<>();

    private ClusterSpecValue() {}

    @Builtin(
            value = "__new__",
            signature = "cluster",
            doc = "A cluster from a dict of jobs: lists of addresses, or dicts from task numbers to addresses; or from a ClusterDef.",
            example = "tf.train.ClusterSpec({'ps': ['localhost:2222'], 'worker': ['localhost:2223', 'localhost:2224']})")
    static Object make(Machine m, Object cluster) {
        return of(m, cluster);
    }

    /** From whatever scripts may describe a cluster by; TypeError for anything else. */
    static ClusterSpecValue of(Machine m, Object cluster) {
        if (cluster instanceof ClusterSpecValue given) {
            return of(given.definition());
        }
        if (cluster instanceof MessageValue message && message.descriptor() == ClusterDef.getDescriptor()) {
            return of(message.fill(ClusterDef.newBuilder()).build());
        }
        if (!(cluster instanceof DictValue dict)) {
            throw NnError.type("`cluster` must be a dictionary mapping one or more job names to lists of network addresses, or a "
                    + "`ClusterDef` protocol buffer");
        }
        ClusterSpecValue made = new ClusterSpecValue();
        for (DictValue.Entries e = dict.entries(); e.next();) {
            SortedMap<Long, String> tasks = new TreeMap<>();
            if (e.value() instanceof ListValue || e.value() instanceof TupleValue) {
                long i = 0;
                for (Object address : Semantics.elements(m, e.value())) {
                    tasks.put(i++, text(m, "Task address", address));
                }
            } else if (e.value() instanceof DictValue sparse) {
                for (DictValue.Entries t = sparse.entries(); t.next();) {
                    tasks.put(Semantics.index(m, t.key()), text(m, "Task address", t.value()));
                }
            } else {
                throw NnError.type("The tasks for job " + Semantics.repr(m, e.key())
                        + " must be a list or a dictionary from integers to strings.");
            }
            made.jobs.put(text(m, "Job name", e.key()), tasks);
        }
        return made;
    }

    private static String text(Machine m, String what, Object value) {
        if (value instanceof String s) {
            return s;
        }
        if (value instanceof BytesValue b) {
            return new String(b.bytes(), StandardCharsets.UTF_8);
        }
        throw NnError.type(what + " " + Semantics.repr(m, value) + " must be bytes or unicode");
    }

    static ClusterSpecValue of(ClusterDef definition) {
        ClusterSpecValue made = new ClusterSpecValue();
        for (JobDef job : definition.getJobList()) {
            SortedMap<Long, String> tasks = new TreeMap<>();
            job.getTasksMap().forEach((task, address) -> tasks.put((long) task, address));
            made.jobs.put(job.getName(), tasks);
        }
        return made;
    }

    /** As a message, its jobs in the order of their names. */
    ClusterDef definition() {
        ClusterDef.Builder all = ClusterDef.newBuilder();
        new TreeMap<>(jobs).forEach((name, tasks) -> {
            JobDef.Builder job = JobDef.newBuilder().setName(name);
            tasks.forEach((task, address) -> job.putTasks(Math.toIntExact(task), address));
            all.addJob(job);
        });
        return all.build();
    }

    /** The tasks of a job by their numbers; ValueError if there is no such job. */
    SortedMap<Long, String> tasks(String job) {
        SortedMap<Long, String> tasks = jobs.get(job);
        if (tasks == null) {
            throw NnError.value("No such job in cluster: " + (job == null ? "None" : "'" + job + "'"));
        }
        return tasks;
    }

    /** Where a task listens; ValueError if there is none. */
    String address(String job, long task) {
        String address = tasks(job).get(task);
        if (address == null) {
            throw NnError.value("No task with index " + task + " in job '" + job + "'");
        }
        return address;
    }

    /** The names of the jobs, in the order in which they were given. */
    Set<String> names() {
        return jobs.keySet();
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return !jobs.isEmpty();
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (op != CompareOperator.EQUAL && op != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean equal = other instanceof ClusterSpecValue o && o.jobs.equals(jobs);
        return equal == (op == CompareOperator.EQUAL);
    }

    @Override
    public String str(Machine m) {
        StringBuilder text = new StringBuilder("ClusterSpec({");
        String separator = "";
        for (String job : new TreeMap<>(jobs).keySet()) {
            text.append(separator).append(Semantics.repr(m, job)).append(": ").append(Semantics.repr(m, listed(m, job)));
            separator = ", ";
        }
        return text.append("})").toString();
    }

    /** A list where the tasks are numbered without gaps, else a dict. */
    private Object listed(Machine m, String job) {
        SortedMap<Long, String> tasks = jobs.get(job);
        if (!tasks.isEmpty() && tasks.lastKey() + 1 == tasks.size()) {
            return ListValue.of(tasks.values().toArray());
        }
        DictValue dict = new DictValue();
        tasks.forEach((task, address) -> dict.put(m, task, address));
        return dict;
    }

    @Builtin(value = "as_dict", method = true, doc = "The jobs as a dict: lists of addresses, dicts where numbers are missing.")
    static Object asDict(Machine m, ClusterSpecValue self) {
        DictValue dict = new DictValue();
        self.jobs.keySet().forEach(job -> dict.putText(job, self.listed(m, job)));
        return dict;
    }

    @Builtin(value = "as_cluster_def", method = true, doc = "The cluster as a ClusterDef message.")
    static Object asClusterDef(Machine m, ClusterSpecValue self) {
        return MessageValue.of(self.definition());
    }

    @Builtin(value = "jobs", property = true, doc = "The names of the jobs.")
    static Object jobs(Machine m, ClusterSpecValue self) {
        return ListValue.of(self.jobs.keySet().toArray());
    }

    @Builtin(value = "num_tasks", signature = "job_name", method = true, doc = "How many tasks a job has.")
    static long numTasks(Machine m, ClusterSpecValue self, String job) {
        return self.tasks(job).size();
    }

    @Builtin(value = "task_indices", signature = "job_name", method = true, doc = "The numbers of a job's tasks.")
    static Object taskIndices(Machine m, ClusterSpecValue self, String job) {
        return ListValue.of(self.tasks(job).keySet().toArray());
    }

    @Builtin(value = "task_address", signature = "job_name, task_index", method = true, doc = "Where a task listens.")
    static String taskAddress(Machine m, ClusterSpecValue self, String job, long task) {
        return self.address(job, task);
    }

    @Builtin(value = "job_tasks", signature = "job_name", method = true, doc = "The addresses of a job's tasks; None where a number is missing.")
    static Object jobTasks(Machine m, ClusterSpecValue self, String job) {
        SortedMap<Long, String> tasks = self.tasks(job);
        Object[] all = new Object[tasks.isEmpty() ? 0 : Math.toIntExact(tasks.lastKey() + 1)];
        for (int i = 0; i < all.length; i++) {
            String address = tasks.get((long) i);
            all[i] = address == null ? None.NONE : address;
        }
        return ListValue.of(all);
    }
}
