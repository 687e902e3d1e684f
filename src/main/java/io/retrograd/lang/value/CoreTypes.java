package io.retrograd.lang.value;

/** The classes of None and its like; those with methods stand beside their values. */
public final class CoreTypes {
    public static final TypeValue OBJECT = new TypeValue("builtins", "object", null, null, null);
    public static final TypeValue TYPE = new TypeValue("builtins", "type", OBJECT, null, null);
    public static final TypeValue NONE = new TypeValue("builtins", "NoneType", OBJECT, null, null);
    public static final TypeValue ELLIPSIS = new TypeValue("builtins", "ellipsis", OBJECT, null, null);
    public static final TypeValue NOT_IMPLEMENTED = new TypeValue("builtins", "NotImplementedType", OBJECT, null, null);
    public static final TypeValue BUILTIN_FUNCTION =
            new TypeValue("builtins", "builtin_function_or_method", OBJECT, null, null);

    private CoreTypes() {}
}
