package io.retrograd.engine;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.GraphFunction;
import io.retrograd.graph.HostFunction;
import io.retrograd.graph.Operation;
import io.retrograd.kernel.Pipeline;
import io.retrograd.session.RunErrors;
import io.retrograd.tensor.NdArray;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The functions of the script that one session's graph calls. The runtime asks for a call from a thread of its own; the
 * script's thread, which waits for the run, makes it.
 */
final class ScriptCalls {
    private static final AtomicLong SESSIONS = new AtomicLong();

    private final String prefix = SESSIONS.incrementAndGet() + ":";
    private final Map<String, Operation> functions = new ConcurrentHashMap<>();
    private final Map<Long, Pass> passes = new ConcurrentHashMap<>();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private final BlockingQueue<Call> asked = new LinkedBlockingQueue<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    /** One pass through what a generator of the script yields; begun with the first element. */
    private static final class Pass {
        private final Operation dataset;
        private Pipeline.Elements elements;

        Pass(Operation dataset) {
            this.dataset = dataset;
        }

        NdArray[] next() {
            if (elements == null) {
                elements = dataset.<Pipeline>attribute(HostFunction.ATTRIBUTE).open();
            }
            return elements.next();
        }
    }

    /** One call that a thread of the runtime waits for; without an operation, only a reason to look. */
    private static final class Call {
        private final Operation op;
        private final Pass pass;
        private final List<NdArray> inputs;
        private final CompletableFuture<Optional<List<NdArray>>> answer = new CompletableFuture<>();

        Call(Operation op, Pass pass, List<NdArray> inputs) {
            this.op = op;
            this.pass = pass;
            this.inputs = inputs;
        }

        void make() {
            if (op == null) {
                return;
            }
            try {
                if (pass == null) {
                    answer.complete(Optional.of(HostFunction.callOf(op, inputs)));
                } else {
                    answer.complete(Optional.ofNullable(pass.next()).map(List::of));
                }
            } catch (RuntimeException | Error failure) {
                answer.completeExceptionally(failure);
            }
        }
    }

    /** What the script's function threw: the run that it ended throws it again. */
    private record Failure(Throwable thrown, Operation op) {}

    /** Thrown to a thread of the runtime: its message is to end the run. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    /** What the names of this session's functions begin with. */
    String prefix() {
        return prefix;
    }

    /** Whether its graph calls functions of the script at all. */
    boolean isUsed() {
        return !functions.isEmpty();
    }

    /** Notes the functions that these operations call, also in the functions of datasets. */
    void add(Collection<Operation> operations) {
        for (Operation op : calling(operations)) {
            functions.put(op.attribute(ScriptFunctions.tokenOf(op.type())), op);
        }
    }

    /** Those that call functions of the script that are no graphs: themselves, or within a dataset's function. */
    static Set<Operation> calling(Collection<Operation> operations) {
        Set<Operation> seen = new HashSet<>();
        Set<Operation> found = new HashSet<>();
        Deque<Operation> open = new ArrayDeque<>(operations);
        while (!open.isEmpty()) {
            Operation op = open.pop();
            Object function = op.attributes().get(HostFunction.ATTRIBUTE);
            if (function instanceof GraphFunction f) {
                f.results().forEach(r -> TensorFlowEngine.behind(List.of(r.operation())).stream().filter(seen::add).forEach(open::push));
            } else if (function != null || ScriptFunctions.isCall(op.type())) {
                found.add(op);
            }
        }
        return found;
    }

    /**
     * Asks the script's thread for a call and waits for it.
     *
     * @param token the function's name in the runtime's graph, without the prefix
     * @param inputs arrays for the function to keep
     * @return what it returned; empty where a generator has come to its end
     * @throws Broken where it failed or the session ends
     */
    Optional<List<NdArray>> call(String token, List<NdArray> inputs) throws Broken {
        String dataset = ScriptFunctions.withoutPart(token);
        Operation op = functions.get(dataset);
        if (op == null) {
            throw fail(HostFunction.notFound(token), null);
        }
        if (token.endsWith(ScriptFunctions.BEGIN)) {
            long number = numbers.incrementAndGet();
            passes.put(number, new Pass(op));
            return Optional.of(List.of(NdArray.scalar(number)));
        }
        if (token.endsWith(ScriptFunctions.END)) {
            passes.remove(inputs.get(0).getLong(0));
            return Optional.of(inputs);
        }
        Call call = new Call(op, token.endsWith(ScriptFunctions.NEXT) ? passes.get(inputs.get(0).getLong(0)) : null, inputs);
        asked.add(call);
        if (closed) {
            close();
        }
        try {
            return call.answer.get();
        } catch (ExecutionException failure) {
            throw fail(failure.getCause(), op);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw fail(ended(), op);
        }
    }

    private static NnError ended() {
        return new NnError(ErrorKind.CANCELLED_ERROR, "Session has been closed.");
    }

    private Broken fail(Throwable thrown, Operation op) {
        String key = "The script's function failed (" + prefix + numbers.incrementAndGet() + ")";
        failures.put(key, new Failure(thrown, op));
        return new Broken(key);
    }

    /** Makes the calls that are asked for, waiting for one so long at most; on the script's thread. */
    void serve(long millis) throws InterruptedException {
        for (Call call = asked.poll(millis, TimeUnit.MILLISECONDS); call != null; call = asked.poll()) {
            call.make();
        }
    }

    /** Lets one that waits in {@link #serve} look around. */
    void wake() {
        asked.add(new Call(null, null, List.of()));
    }

    /** What a function of the script threw, if that is what the runtime's message tells of. */
    Optional<RuntimeException> failureIn(String message) {
        for (String key : failures.keySet()) {
            if (message.contains(key)) {
                Failure failure = failures.remove(key);
                return Optional.of(failure.op() == null ? (NnError) failure.thrown() : RunErrors.located(failure.thrown(), failure.op()));
            }
        }
        return Optional.empty();
    }

    /** Nobody will make a call any more. */
    void close() {
        closed = true;
        for (Call call = asked.poll(); call != null; call = asked.poll()) {
            call.answer.completeExceptionally(ended());
        }
    }
}
