package io.retrograd.engine;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.session.RunErrors;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** What the runtime's calls answer: nothing, or what went wrong, as the error that scripts know. */
final class Statuses {
    private static final ErrorKind[] KINDS = {
        ErrorKind.CANCELLED_ERROR, ErrorKind.UNKNOWN_ERROR, ErrorKind.INVALID_ARGUMENT_ERROR, ErrorKind.DEADLINE_EXCEEDED_ERROR,
        ErrorKind.NOT_FOUND_ERROR, ErrorKind.ALREADY_EXISTS_ERROR, ErrorKind.PERMISSION_DENIED_ERROR,
        ErrorKind.RESOURCE_EXHAUSTED_ERROR, ErrorKind.FAILED_PRECONDITION_ERROR, ErrorKind.ABORTED_ERROR,
        ErrorKind.OUT_OF_RANGE_ERROR, ErrorKind.UNIMPLEMENTED_ERROR, ErrorKind.INTERNAL_ERROR, ErrorKind.UNAVAILABLE_ERROR,
        ErrorKind.DATA_LOSS_ERROR
    };

    private Statuses() {}

    /** Throws what the status says; no operation of the script is behind it. */
    static void check(TF_Status status) {
        check(status, name -> Optional.empty());
    }

    /** Throws what the status says, in the words of scripts: the operation that failed by its place in the script. */
    static void check(TF_Status status, Function<String, Optional<Operation>> named) {
        int code = tensorflow.TF_GetCode(status);
        if (code == 0) {
            return;
        }
        String message = plain(tensorflow.TF_Message(status).getString());
        ErrorKind kind = code <= KINDS.length ? KINDS[code - 1] : ErrorKind.UNKNOWN_ERROR;
        int where = message.indexOf("\n\t [[");
        NnError error = new NnError(kind, where < 0 ? message : message.substring(0, where));
        if (kind == ErrorKind.FAILED_PRECONDITION_ERROR && message.startsWith("Attempting to use uninitialized value")) {
            error.help("initialize it first: sess.run(tf.global_variables_initializer())");
        }
        if (message.startsWith("Op type not registered '")) {
            int end = message.indexOf('\'', message.indexOf('\'') + 1);
            throw new NnError(kind, "TensorFlow has no operation of the type " + message.substring(message.indexOf('\''), end + 1))
                    .help("run the script without --engine");
        }
        int name = message.indexOf("{{node ");
        Optional<Operation> op = name < 0 ? Optional.empty() : named.apply(message.substring(name + 7, message.indexOf("}}", name)));
        throw op.map(found -> RunErrors.located(error, found)).orElse(error);
    }

    /** A message of a server without what the transport says of itself. */
    private static String plain(String message) {
        int transport = message.indexOf("\nAdditional GRPC error information");
        String text = (transport < 0 ? message : message.substring(0, transport)).replaceFirst("^\\n=+\\n[A-Z_]+: ", "");
        return text.startsWith("From /job:") ? text.replaceFirst(":\n", ": ") : text;
    }
}
