package io.retrograd.lang.value;

/** The classes of plain Java values and of None and its like; the others stand beside their values. */
public final class CoreTypes {
    public static final TypeValue OBJECT = new TypeValue("builtins", "object", null, null, null);
    public static final TypeValue TYPE = new TypeValue("builtins", "type", OBJECT, TypeMethodsTable.TABLE, null);
    public static final TypeValue NONE = new TypeValue("builtins", "NoneType", OBJECT, null, null);
    public static final TypeValue ELLIPSIS = new TypeValue("builtins", "ellipsis", OBJECT, null, null);
    public static final TypeValue NOT_IMPLEMENTED = new TypeValue("builtins", "NotImplementedType", OBJECT, null, null);
    public static final TypeValue BUILTIN_FUNCTION =
            new TypeValue("builtins", "builtin_function_or_method", OBJECT, null, null);
    public static final TypeValue INT = new TypeValue("builtins", "int", OBJECT, IntMethodsTable.TABLE, null);
    public static final TypeValue BOOL = new TypeValue("builtins", "bool", INT, BoolMethodsTable.TABLE, null);
    public static final TypeValue FLOAT = new TypeValue("builtins", "float", OBJECT, FloatMethodsTable.TABLE, null);
    public static final TypeValue STR = new TypeValue("builtins", "str", OBJECT, StrMethodsTable.TABLE, null);

    private CoreTypes() {}
}
