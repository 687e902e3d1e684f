package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** {@code tf.contrib.framework.arg_scope}: keywords that functions get by default within a block. */
final class ArgScopes {
    /** The scopes that are open, innermost first; each says by a function's key which keywords it has. */
    private final Deque<DictValue> open = new ArrayDeque<>();

    private ArgScopes() {
        open.push(new DictValue());
    }

    private static ArgScopes of(Machine m) {
        return m.state(ArgScopes.class, machine -> new ArgScopes());
    }

    private static DictValue now(Machine m) {
        return of(m).open.peek();
    }

    /** The keywords that a function has by default now; null for none. */
    static DictValue keywords(Machine m, String key) {
        return (DictValue) now(m).get(m, key);
    }

    @Builtin(
            value = "contrib.framework.arg_scope",
            signature = "list_ops_or_scope, **kwargs",
            doc = "In a with block, calls of these functions get the keywords unless they give their own.",
            example = "with arg_scope([slim.conv2d], padding='SAME', activation_fn=tf.nn.relu): ...")
    static Object argScope(Machine m, Object opsOrScope, Map<String, Object> given) {
        DictValue kwargs = DictValue.of(given);
        return new ContextValue((machine, context) -> {
            DictValue scope = scope(machine, opsOrScope, kwargs);
            Deque<DictValue> stack = of(machine).open;
            stack.push(scope);
            context.leave(stack::pop);
            return scope;
        });
    }

    private static DictValue scope(Machine m, Object opsOrScope, DictValue kwargs) {
        if (opsOrScope instanceof DictValue again) {
            if (kwargs.size() > 0) {
                throw NnError.value("When attempting to re-use a scope by suppling adictionary, kwargs must be empty.");
            }
            return again.copy(m);
        }
        if (!(opsOrScope instanceof ListValue) && !(opsOrScope instanceof TupleValue)) {
            throw NnError.type("list_ops_or_scope must either be a list/tuple or reused scope (i.e. dict)");
        }
        DictValue scope = now(m).copy(m);
        for (Object op : Semantics.elements(m, opsOrScope)) {
            if (!(op instanceof ScopedFunction f)) {
                Object module = Semantics.attributeOrNull(m, op, "__module__");
                Object names = TupleValue.of(module == null ? "builtins" : module, Semantics.attribute(m, op, "__name__"));
                throw NnError.value("('%s is not decorated with @add_arg_scope', " + Semantics.repr(m, names) + ")");
            }
            DictValue before = (DictValue) scope.get(m, f.key());
            DictValue after = before == null ? new DictValue() : before.copy(m);
            after.putAll(m, kwargs);
            scope.put(m, f.key(), after);
        }
        return scope;
    }

    @Builtin(
            value = "contrib.framework.add_arg_scope",
            signature = "func",
            doc = "A decorator: the function takes default keywords from arg_scope.",
            example = "@tf.contrib.framework.add_arg_scope\ndef layer(x, units, activation=None): ...")
    static Object addArgScope(Machine m, Object function) {
        return new ScopedFunction(function, Semantics.str(m, function));
    }

    @Builtin(value = "contrib.framework.has_arg_scope", signature = "func", doc = "Whether arg_scope can give it keywords.")
    static boolean hasArgScope(Machine m, Object function) {
        return function instanceof ScopedFunction;
    }

    @Builtin(
            value = "contrib.framework.current_arg_scope",
            doc = "The keywords that functions have by default now, by function.")
    static Object current(Machine m) {
        return now(m);
    }

    @Builtin(value = "contrib.framework.arg_scope_func_key", signature = "op", doc = "The function's key in an arg_scope.")
    static String key(Machine m, Object op) {
        return op instanceof ScopedFunction f ? f.key() : Semantics.str(m, op);
    }

    @Builtin(
            value = "contrib.framework.arg_scoped_arguments",
            signature = "func",
            doc = "The names of the keywords that arg_scope can give it.")
    static Object arguments(Machine m, Object function) {
        if (!(function instanceof ScopedFunction f)) {
            throw new NnError(ErrorKind.ASSERTION_ERROR, "");
        }
        return TupleValue.of(f.defaultNames().toArray());
    }
}
