package io.retrograd.lib.tf.input;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.kernel.ElementQueue;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.Elements;
import io.retrograd.lib.tf.SessionValue;
import io.retrograd.session.Engine;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * {@code tf.train.QueueRunner}: what fills a queue. TensorFlow starts a thread for each of its enqueue operations; here
 * they work in turn whenever somebody takes elements out of the queue.
 */
public final class QueueRunnerValue implements Value {
    /** {@code tf.train.QueueRunner}. */
    public static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.training.queue_runner_impl", "QueueRunner", CoreTypes.OBJECT, QueueRunnerValueTable.TABLE, null);

    private final QueueValue queue;
    private final List<Object> enqueues;
    private final Operation close;
    private final Operation cancel;
    private final Map<Session, Integer> alive = new WeakHashMap<>();

    /** With enqueue operations or tensors; makes the operations that TensorFlow closes the queue with. */
    public QueueRunnerValue(QueueValue queue, List<Object> enqueues, Operation close, Operation cancel) {
        this.close = close;
        this.cancel = cancel;
        this.queue = queue;
        this.enqueues = enqueues;
    }

    @Builtin(
            value = "__new__",
            signature = "queue=None, enqueue_ops=None, close_op=None, cancel_op=None, queue_closed_exception_types=None, "
                    + "queue_runner_def=None, import_scope=None",
            doc = "What fills a queue: each enqueue operation as if by a thread of its own.",
            example = "tf.train.QueueRunner(queue, [queue.enqueue(x)] * 4)")
    static Object make(
            Machine m, Object queue, Object enqueues, Object close, Object cancel, Object types, Object definition, Object scope) {
        if (!(queue instanceof QueueValue q) || enqueues == None.NONE || !Semantics.truth(m, enqueues)) {
            throw NnError.value("Must provide queue and enqueue_ops.");
        }
        return make(m, q, Semantics.elements(m, enqueues), close, cancel);
    }

    static QueueRunnerValue make(Machine m, QueueValue queue, Object[] enqueues, Object close, Object cancel) {
        List<Object> operations = new ArrayList<>();
        for (Object each : enqueues) {
            operations.add(Elements.unwrap(each));
        }
        Object closing = close == None.NONE ? QueueValue.close(m, queue, false, null) : close;
        Object cancelling = cancel == None.NONE ? QueueValue.close(m, queue, true, null) : cancel;
        return new QueueRunnerValue(
                queue, operations, (Operation) Elements.unwrap(closing), (Operation) Elements.unwrap(cancelling));
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "name", property = true, doc = "The name of its queue.")
    static Object name(Machine m, QueueRunnerValue self) {
        return self.queue.handle().operation().name();
    }

    @Builtin(value = "queue", property = true, doc = "The queue that it fills.")
    static Object queue(Machine m, QueueRunnerValue self) {
        return self.queue;
    }

    @Builtin(value = "enqueue_ops", property = true, doc = "The operations that fill the queue.")
    static Object enqueueOps(Machine m, QueueRunnerValue self) {
        return ListValue.of(self.enqueues.stream().map(Elements::wrap).toArray());
    }

    @Builtin(value = "exceptions_raised", property = true, doc = "Errors that it met where no coordinator was told: none are kept.")
    static Object exceptionsRaised(Machine m, QueueRunnerValue self) {
        return ListValue.of();
    }

    @Builtin(
            value = "create_threads",
            signature = "sess, coord=None, daemon=False, start=False",
            method = true,
            doc = "What stands for its threads in that session; they work once they are started.")
    static Object createThreads(Machine m, QueueRunnerValue self, SessionValue session, Object coordinator, boolean daemon, boolean start) {
        return ListValue.of(self.threads(session.session(), coordinator, start).toArray());
    }

    /** One value for each enqueue operation that scripts take for its thread; started ones fill the queue from now on. */
    public List<Object> threads(Session session, Object coordinator, boolean start) {
        if (alive.getOrDefault(session, 0) > 0) {
            return List.of();
        }
        alive.put(session, enqueues.size());
        CoordinatorValue coord = coordinator instanceof CoordinatorValue c ? c : null;
        List<Object> threads = new ArrayList<>();
        for (Object each : enqueues) {
            ThreadValue thread = new ThreadValue(session, coord, each);
            threads.add(thread);
            if (coord != null && session.isConcurrent()) {
                coord.whenStopped(cancelling(session));
            } else if (coord != null) {
                coord.whenStopped(why -> thread.queue().close(why));
            }
            if (start) {
                thread.begin();
            }
        }
        return threads;
    }

    /** Closes the queue of another runtime, from whichever thread. */
    private Consumer<String> cancelling(Session session) {
        Engine.Runner closing = session.prepareAside(new PlanKey(List.of(), List.of(cancel), List.of()));
        return why -> {
            try {
                if (!session.isClosed()) {
                    closing.run(new NdArray[0]);
                }
            } catch (NnError gone) {
                // A queue whose server is gone needs no closing.
                return;
            }
        };
    }

    /** What stands for one thread of a queue runner; a thread indeed where a session lets several run at once. */
    final class ThreadValue implements Value, ElementQueue.Filler {
        private static final TypeValue THREAD =
                TypeValue.opaque("threading", "Thread", QueueRunnerThreadTable.TABLE);

        private final Session session;
        private final CoordinatorValue coordinator;
        private final PlanKey work;
        private final String name;
        private boolean started;
        private volatile boolean ended;

        ThreadValue(Session session, CoordinatorValue coordinator, Object enqueue) {
            this.session = session;
            this.coordinator = coordinator;
            this.work = enqueue instanceof Output o
                    ? new PlanKey(List.of(o), List.of(), List.of())
                    : new PlanKey(List.of(), List.of((Operation) enqueue), List.of());
            String operation = enqueue instanceof Output o ? o.operation().name() : ((Operation) enqueue).name();
            this.name = "QueueRunnerThread-" + queue.handle().operation().name() + "-" + operation;
        }

        @Override
        public TypeValue type() {
            return THREAD;
        }

        String name() {
            return name;
        }

        boolean isAlive() {
            return started && !ended && !session.isClosed();
        }

        ElementQueue queue() {
            PlanKey handle = new PlanKey(List.of(queue.handle()), List.of(), List.of());
            return (ElementQueue) session.runUnobserved(handle, new NdArray[0])[0].getObject(0);
        }

        void begin() {
            if (started) {
                throw NnError.runtime("threads can only be started once");
            }
            started = true;
            if (session.isConcurrent()) {
                Engine.Runner filling = session.prepareAside(work);
                Engine.Runner closing = session.prepareAside(new PlanKey(List.of(), List.of(close), List.of()));
                Thread thread = new Thread(() -> keepFilling(filling, closing), name);
                thread.setDaemon(true);
                thread.start();
            } else {
                queue().addFiller(this);
            }
        }

        /** Until it is asked to stop or an error stops it. */
        private void keepFilling(Engine.Runner filling, Engine.Runner closing) {
            try {
                while ((coordinator == null || !coordinator.isStopped()) && !session.isClosed()) {
                    filling.run(new NdArray[0]);
                }
            } catch (NnError e) {
                boolean ordinary = e.kind() == ErrorKind.OUT_OF_RANGE_ERROR || e.kind() == ErrorKind.CANCELLED_ERROR;
                if (ordinary) {
                    closeQueue(closing);
                } else if (coordinator != null && !session.isClosed()) {
                    coordinator.fail(e);
                }
            } catch (IllegalStateException | RejectedExecutionException closed) {
                // The session ended beneath it.
                ended = true;
            } finally {
                ended = true;
            }
        }

        /** The last of the threads closes the queue, so that those who wait for more elements learn that none will come. */
        private void closeQueue(Engine.Runner closing) {
            boolean last;
            synchronized (alive) {
                last = alive.merge(session, -1, Integer::sum) == 0;
            }
            try {
                if (last && !session.isClosed()) {
                    closing.run(new NdArray[0]);
                }
            } catch (NnError gone) {
                // A queue that is gone with its session needs no closing.
                return;
            }
        }

        @Override
        public boolean fill() {
            if (coordinator != null && coordinator.isStopped()) {
                return end();
            }
            try {
                session.runUnobserved(work, new NdArray[0]);
                return true;
            } catch (NnError e) {
                if (e.kind() == ErrorKind.OUT_OF_RANGE_ERROR || e.kind() == ErrorKind.CANCELLED_ERROR) {
                    end();
                    if (alive.merge(session, -1, Integer::sum) == 0) {
                        queue().close(e.help());
                    }
                    return false;
                }
                if (!e.kind().isA(ErrorKind.OP_ERROR) || coordinator == null) {
                    throw e;
                }
                coordinator.fail(e);
                return end();
            }
        }

        private boolean end() {
            ended = true;
            return false;
        }
    }
}
