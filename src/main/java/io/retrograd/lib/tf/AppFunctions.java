package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;

/** tf.app: command-line flags and the call of main. */
final class AppFunctions {
    private AppFunctions() {}

    private static void define(Machine m, FlagsValue.Kind kind, String name, Object fallback, Object help) {
        if (name == null) {
            throw NnError.type("a flag needs a name");
        }
        FlagsValue.of(m).define(m, name, kind, fallback, Semantics.str(m, help));
    }

    @Builtin(
            value = {"app.flags.DEFINE_string", "flags.DEFINE_string"},
            signature = "name|flag_name, default|default_value, help|docstring, **args",
            doc = "Declares a flag --name=TEXT.")
    static void defineString(Machine m, String name, Object fallback, Object help, Object more) {
        define(m, FlagsValue.Kind.TEXT, name, fallback, help);
    }

    @Builtin(
            value = {"app.flags.DEFINE_integer", "flags.DEFINE_integer"},
            signature = "name|flag_name, default|default_value, help|docstring, lower_bound=None, upper_bound=None, **args",
            doc = "Declares a flag --name=NUMBER.")
    static void defineInteger(Machine m, String name, Object fallback, Object help, Object low, Object high, Object more) {
        define(m, FlagsValue.Kind.INTEGER, name, fallback, help);
    }

    @Builtin(
            value = {"app.flags.DEFINE_float", "flags.DEFINE_float"},
            signature = "name|flag_name, default|default_value, help|docstring, lower_bound=None, upper_bound=None, **args",
            doc = "Declares a flag --name=NUMBER.")
    static void defineFloat(Machine m, String name, Object fallback, Object help, Object low, Object high, Object more) {
        define(m, FlagsValue.Kind.FLOAT, name, fallback, help);
    }

    @Builtin(
            value = {
                "app.flags.DEFINE_boolean", "app.flags.DEFINE_bool", "flags.DEFINE_boolean", "flags.DEFINE_bool"
            },
            signature = "name|flag_name, default|default_value, help|docstring, **args",
            doc = "Declares a flag --name or --noname.")
    static void defineBoolean(Machine m, String name, Object fallback, Object help, Object more) {
        define(m, FlagsValue.Kind.BOOLEAN, name, fallback, help);
    }

    @Builtin(
            value = {"app.flags.DEFINE_enum", "flags.DEFINE_enum"},
            signature = "name, default, enum_values, help, **args",
            doc = "Declares a flag --name=TEXT that takes some texts only.")
    static void defineEnum(Machine m, String name, Object fallback, Object values, Object help, Object more) {
        define(m, FlagsValue.Kind.TEXT, name, fallback, help);
    }

    @Builtin(
            value = {"app.flags.DEFINE_list", "flags.DEFINE_list"},
            signature = "name, default, help, **args",
            doc = "Declares a flag --name=A,B,C.")
    static void defineList(Machine m, String name, Object fallback, Object help, Object more) {
        define(m, FlagsValue.Kind.LIST, name, fallback, help);
    }

    @Builtin(
            value = {"app.flags.mark_flag_as_required", "flags.mark_flag_as_required"},
            signature = "flag_name",
            doc = "Demands that a flag be given.")
    static void require(Machine m, String name) {
        FlagsValue.of(m).require(name);
    }

    @Builtin(
            value = "app.run",
            signature = "main=None, argv=None",
            doc = "Parses the flags, calls main with the arguments that are left and exits with what it returns.")
    static Object run(Machine m, Object main, Object argv) {
        ListValue arguments = argv == None.NONE
                ? ListValue.copyOf(m.world().arguments())
                : ListValue.of(Semantics.elements(m, argv));
        ListValue rest = FlagsValue.of(m).parse(m, arguments, true);
        Object function = main;
        if (function == None.NONE) {
            function = Semantics.attribute(m, m.modules().get("__main__"), "main");
        }
        Object result = Semantics.call(m, function, rest);
        throw ScriptException.raise(
                m, new ExceptionValue(ExceptionTypes.of(ErrorKind.SYSTEM_EXIT), new Object[] {result}));
    }
}
