package io.retrograd.engine;

import com.sun.jna.Callback;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Kernels for the operations that call functions of the script, which TensorFlow has only in Python: registered once in a
 * process, they ask the session whose function it is. TensorFlow's Java libraries leave out the part of its C interface
 * that registers kernels, so it is called by its addresses.
 */
final class ScriptKernels {
    private static final int OUT_OF_RANGE = 11;
    private static final int UNKNOWN = 2;
    private static final int LONGEST_TOKEN = 256;

    private static final ScriptKernels ALL = new ScriptKernels();

    /** The functions that sessions have, by the prefix of their names; kernels are the process's, not a session's. */
    private final Map<String, ScriptCalls> sessions = new ConcurrentHashMap<>();
    private final Map<Long, String> tokens = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Create create = this::create;
    private final Compute compute = this::compute;
    private final Delete delete = kernel -> tokens.remove(Pointer.nativeValue(kernel));
    private boolean registered;

    private interface Create extends Callback {
        Pointer invoke(Pointer construction);
    }

    private interface Compute extends Callback {
        void invoke(Pointer kernel, Pointer context);
    }

    private interface Delete extends Callback {
        void invoke(Pointer kernel);
    }

    private ScriptKernels() {}

    /** Lets kernels ask that session. */
    static void add(ScriptCalls session) {
        ALL.register();
        ALL.sessions.put(session.prefix(), session);
    }

    static void remove(ScriptCalls session) {
        ALL.sessions.remove(session.prefix());
    }

    private synchronized void register() {
        if (registered) {
            return;
        }
        registered = true;
        CallbackThreadInitializer daemons = new CallbackThreadInitializer(true, false, "tensorflow");
        List.of(create, compute, delete).forEach(callback -> Native.setCallbackThreadInitializer(callback, daemons));
        for (String type : List.of("PyFunc", "PyFuncStateless")) {
            Pointer kernel = function("TF_NewKernelBuilder").invokePointer(new Object[] {type, "CPU", create, compute, delete});
            TF_Status status = tensorflow.TF_NewStatus();
            try {
                function("TF_RegisterKernelBuilder").invokeVoid(new Object[] {type + "OfScript", kernel, pointer(status)});
                Statuses.check(status);
            } finally {
                tensorflow.TF_DeleteStatus(status);
            }
        }
    }

    private static Function function(String name) {
        return Function.getFunction(pointer(Loader.addressof(name)));
    }

    private static Pointer pointer(org.bytedeco.javacpp.Pointer p) {
        return new Pointer(p.address());
    }

    private static TF_Tensor tensor(PointerByReference p) {
        return new TF_Tensor(new At(Pointer.nativeValue(p.getValue())));
    }

    /** An address that the runtime gave. */
    private static final class At extends org.bytedeco.javacpp.Pointer {
        At(long where) {
            super((org.bytedeco.javacpp.Pointer) null);
            address = where;
        }
    }

    // What the runtime calls, from threads of its own

    private Pointer create(Pointer construction) {
        TF_Status status = tensorflow.TF_NewStatus();
        try {
            byte[] token = new byte[LONGEST_TOKEN];
            function("TF_OpKernelConstruction_GetAttrString")
                    .invokeVoid(new Object[] {construction, "token", token, (long) token.length, pointer(status)});
            long number = numbers.incrementAndGet();
            tokens.put(number, Native.toString(token, StandardCharsets.UTF_8));
            return new Pointer(number);
        } finally {
            tensorflow.TF_DeleteStatus(status);
        }
    }

    private void compute(Pointer kernel, Pointer context) {
        TF_Status status = tensorflow.TF_NewStatus();
        try {
            String token = tokens.get(Pointer.nativeValue(kernel));
            String prefix = token.substring(0, token.indexOf(':') + 1);
            ScriptCalls session = sessions.get(prefix);
            if (session == null) {
                fail(context, status, UNKNOWN, "The session of the script's function is closed");
                return;
            }
            Optional<List<NdArray>> results = session.call(token.substring(prefix.length()), inputs(context, status));
            if (results.isEmpty()) {
                fail(context, status, OUT_OF_RANGE, "End of sequence");
                return;
            }
            int i = 0;
            for (NdArray result : results.get()) {
                TF_Tensor t = Tensors.of(result);
                function("TF_SetOutput").invokeVoid(new Object[] {context, i++, pointer(t), pointer(status)});
                tensorflow.TF_DeleteTensor(t);
            }
        } catch (ScriptCalls.Broken broken) {
            fail(context, status, UNKNOWN, broken.getMessage());
        } catch (RuntimeException | Error failure) {
            // Nothing may leave for the runtime, whose thread this is.
            fail(context, status, UNKNOWN, "A call of a script's function went wrong: " + failure);
        } finally {
            tensorflow.TF_DeleteStatus(status);
        }
    }

    private static List<NdArray> inputs(Pointer context, TF_Status status) {
        List<NdArray> inputs = new ArrayList<>();
        int count = function("TF_NumInputs").invokeInt(new Object[] {context});
        for (int i = 0; i < count; i++) {
            PointerByReference input = new PointerByReference();
            function("TF_GetInput").invokeVoid(new Object[] {context, i, input, pointer(status)});
            TF_Tensor t = tensor(input);
            inputs.add(Tensors.array(t));
            tensorflow.TF_DeleteTensor(t);
        }
        return inputs;
    }

    private static void fail(Pointer context, TF_Status status, int code, String message) {
        tensorflow.TF_SetStatus(status, code, message);
        function("TF_OpKernelContext_Failure").invokeVoid(new Object[] {context, pointer(status)});
    }
}
