package io.retrograd.repl;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.BoundBuiltin;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.parse.Lexeme;
import io.retrograd.lang.parse.Lexeme.Kind;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.VariableValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an expression that is being typed will be, as far as that can be known without doing anything: names,
 * attributes and elements are looked up; a class's call gives an instance; functions of the graph give tensors; what only
 * tells something is asked. Code of the script is never run.
 */
final class Knowledge {
    /** Something of that type, of which no more is known. */
    record Instance(TypeValue type) {}

    /** Methods that tell something and change nothing. */
    private static final Set<String> TELLING = Set.of("get_shape", "as_list", "items", "keys", "values", "copy", "split", "strip",
            "lower", "upper", "replace", "format", "join", "splitlines", "read_value", "value", "initialized_value", "get_operation_by_name",
            "get_tensor_by_name", "get_operations", "astype", "reshape", "transpose", "flatten", "sum", "mean", "ravel");

    private static final int LONGEST_TEXT = 1 << 16;

    private final Workspace workspace;
    private final Lookup names;
    private String text = "";

    Knowledge(Workspace workspace, Lookup names) {
        this.workspace = workspace;
        this.names = names;
    }

    /** Where the expression begins that ends before the word at {@code end}: {@code a.b(c)[d]} before its dot; -1 if there is none. */
    static int start(List<Lexeme> words, int end) {
        int at = end - 1;
        boolean needsPrimary = true;
        while (at >= 0) {
            Lexeme word = words.get(at);
            if (word.kind() == Kind.CLOSING && !word.is("}")) {
                int open = opening(words, at);
                if (open < 0) {
                    return -1;
                }
                boolean trails = open > 0 && endsExpression(words.get(open - 1)) && words.get(open - 1).end() == words.get(open).start();
                if (!trails) {
                    return open;
                }
                at = open - 1;
                needsPrimary = true;
            } else if (needsPrimary && (word.kind() == Kind.NAME || word.kind() == Kind.STRING || word.is("}"))) {
                if (word.is("}")) {
                    return opening(words, at);
                }
                if (at >= 2 && words.get(at - 1).is(".") && endsExpression(words.get(at - 2))) {
                    at -= 2;
                    needsPrimary = true;
                    continue;
                }
                boolean defined = at >= 1 && (words.get(at - 1).is("def") || words.get(at - 1).is("class"));
                return defined ? -1 : at;
            } else {
                return -1;
            }
        }
        return -1;
    }

    private static boolean endsExpression(Lexeme word) {
        return word.kind() == Kind.NAME || word.kind() == Kind.CLOSING || word.kind() == Kind.STRING;
    }

    private static int opening(List<Lexeme> words, int closing) {
        int depth = 0;
        for (int i = closing; i >= 0; i--) {
            if (words.get(i).kind() == Kind.CLOSING) {
                depth++;
            } else if (words.get(i).kind() == Kind.OPENING && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The value, or an {@link Instance}; null if nothing is known. */
    Object of(String expression) {
        if (expression.isEmpty() || expression.length() > LONGEST_TEXT) {
            return null;
        }
        if (expression.chars().allMatch(c -> Character.isUnicodeIdentifierPart(c) || c == '.')) {
            return names.find(expression);
        }
        try {
            text = "(" + expression + ")";
            List<Statement> body = ScriptParser.parse(new Source("<completion>", text)).body();
            return body.size() == 1 && body.get(0) instanceof Statement.ExprStatement statement ? value(statement.value()) : null;
        } catch (NnError mistake) {
            return null;
        }
    }

    private Machine machine() {
        return workspace.machine();
    }

    private Object value(Expression expression) {
        if (expression instanceof Expression.Name name) {
            return names.find(name.id());
        }
        if (expression instanceof Expression.Constant constant) {
            Object v = constant.value();
            return v instanceof Long || v instanceof Double || v instanceof String || v instanceof Boolean ? v : null;
        }
        if (expression instanceof Expression.Attribute attribute) {
            return attribute(value(attribute.object()), attribute.name());
        }
        if (expression instanceof Expression.Subscript subscript) {
            return element(value(subscript.object()), subscript.index());
        }
        if (expression instanceof Expression.Call call) {
            return result(call);
        }
        if (expression instanceof Expression.BinOp operation) {
            return graphValue(operation);
        }
        String type = expression instanceof Expression.ListDisplay || expression instanceof Expression.ListComp ? "list"
                : expression instanceof Expression.DictDisplay || expression instanceof Expression.DictComp ? "dict"
                        : expression instanceof Expression.TupleDisplay ? "tuple"
                                : expression instanceof Expression.SetDisplay || expression instanceof Expression.SetComp ? "set"
                                        : expression instanceof Expression.FormattedString ? "str" : "";
        return type.isEmpty() ? null : instance(names.find(type));
    }

    private static Object instance(Object type) {
        return type instanceof TypeValue t ? new Instance(t) : null;
    }

    private Object attribute(Object object, String name) {
        if (object == null) {
            return null;
        }
        if (object instanceof Instance instance) {
            return instance.type().lookup(name);
        }
        return Semantics.attributeOrNull(machine(), object, name);
    }

    private Object element(Object container, Expression index) {
        boolean array = isArray(container);
        if (container instanceof Instance || array && !(index instanceof Expression.Constant)) {
            return array ? instance(names.find("np.ndarray")) : null;
        }
        if (container == null || container instanceof TensorValue || container instanceof VariableValue) {
            // A part of a tensor is a tensor.
            return container == null ? null : instance(tensorType());
        }
        Object key = value(index);
        return key == null || key instanceof Instance || !Semantics.typeOf(container).module().equals("builtins") && !array
                ? null
                : Semantics.item(machine(), container, key);
    }

    private Object graphValue(Expression.BinOp operation) {
        Object left = value(operation.left());
        Object right = value(operation.right());
        for (Object each : new Object[] {left, right}) {
            if (isTensor(each)) {
                return instance(tensorType());
            }
        }
        for (Object each : new Object[] {left, right}) {
            if (isArray(each)) {
                return instance(names.find("np.ndarray"));
            }
        }
        return left == null || right == null ? null : left instanceof String ? left : null;
    }

    private Object tensorType() {
        return names.find("tf.Tensor");
    }

    private boolean isTensor(Object o) {
        return o instanceof TensorValue || o instanceof VariableValue || o instanceof Instance i && i.type() == tensorType();
    }

    private static boolean isArray(Object o) {
        return o != null && !(o instanceof Instance) && Semantics.typeOf(o).name().equals("ndarray")
                || o instanceof Instance i && i.type().name().equals("ndarray");
    }

    /** What a call gives, where the callee is known to do nothing but make it. */
    private Object result(Expression.Call call) {
        Object callee = value(call.function());
        if (callee instanceof TypeValue type) {
            return new Instance(type);
        }
        if (callee instanceof BoundBuiltin method) {
            return resultOfMethod(call, method);
        }
        if (!(callee instanceof BuiltinFunction function)) {
            return null;
        }
        String name = function.name();
        if (name.equals("run") || name.equals("eval")) {
            return instance(names.find("np.ndarray"));
        }
        if (call.function() instanceof Expression.Attribute attribute && value(attribute.object()) instanceof ModuleValue module
                && module.name().startsWith("numpy") && !module.name().contains("random")) {
            return instance(names.find("np.ndarray"));
        }
        boolean builds = !function.gradient().isEmpty() || !function.shapes().isEmpty() || name.equals("placeholder") || name.equals("constant");
        return name.endsWith("Optimizer") ? built(call) : builds ? instance(tensorType()) : null;
    }

    private Object resultOfMethod(Expression.Call call, BoundBuiltin method) {
        String name = method.function().name();
        if (name.equals("run") || name.equals("eval")) {
            return instance(names.find("np.ndarray"));
        }
        if (call.function() instanceof Expression.Attribute attribute && isArray(value(attribute.object()))) {
            return instance(names.find("np.ndarray"));
        }
        return TELLING.contains(name) ? built(call) : null;
    }

    /** Calls it, and drops the operations that it made. The arguments must be known too. */
    private Object built(Expression.Call call) {
        if (!isSimple(call.function())) {
            return null;
        }
        List<Expression> all = new ArrayList<>(call.arguments());
        call.keywords().forEach(k -> all.add(k.value()));
        for (Expression argument : all) {
            if (!isSimple(argument)) {
                return null;
            }
        }
        Snapshot before = Snapshot.of(workspace.interpreter());
        try {
            return workspace.interpreter().eval(text.substring(call.span().start(), call.span().end()));
        } finally {
            before.rollBackGraph();
        }
    }

    /** Whether evaluating it looks up things and no more. */
    private boolean isSimple(Expression expression) {
        if (expression instanceof Expression.Name || expression instanceof Expression.Constant) {
            return true;
        }
        if (expression instanceof Expression.Attribute attribute) {
            return isSimple(attribute.object());
        }
        if (expression instanceof Expression.ListDisplay list) {
            return list.elements().stream().allMatch(this::isSimple);
        }
        if (expression instanceof Expression.TupleDisplay tuple) {
            return tuple.elements().stream().allMatch(this::isSimple);
        }
        if (expression instanceof Expression.Subscript subscript) {
            return isSimple(subscript.object()) && isSimple(subscript.index());
        }
        return expression instanceof Expression.Call call && result(call) != null && call.arguments().stream().allMatch(this::isSimple)
                && isSimple(call.function());
    }
}
