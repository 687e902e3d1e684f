package io.retrograd.lang.builtin.processor;

import io.retrograd.lang.builtin.Builtin;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Writes a {@code BuiltinTable} for every class with {@link Builtin} methods, so that a script's start needs no
 * reflection, and checks while compiling that each signature fits its Java method.
 */
@SupportedAnnotationTypes("io.retrograd.lang.builtin.Builtin")
public final class BuiltinProcessor extends AbstractProcessor {

    /** A method with its annotation and its parameters behind Machine. */
    private record Entry(ExecutableElement method, Builtin note, List<? extends VariableElement> parameters) {
        boolean hasSelf() {
            return note.method() || note.property();
        }
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Map<TypeElement, List<Entry>> byClass = new LinkedHashMap<>();
        for (Element e : round.getElementsAnnotatedWith(Builtin.class)) {
            List<Entry> entries = byClass.computeIfAbsent((TypeElement) e.getEnclosingElement(), k -> new ArrayList<>());
            entry((ExecutableElement) e).ifPresent(entries::add);
        }
        // The methods of an abstract class stand in its subclasses' tables.
        byClass.keySet().removeIf(type -> type.getModifiers().contains(Modifier.ABSTRACT));
        byClass.forEach((type, entries) -> {
            try {
                addInherited(type, entries);
                write(type, entries);
            } catch (IOException failure) {
                error(type, failure.toString());
            }
        });
        return true;
    }

    private Optional<Entry> entry(ExecutableElement method) {
        List<? extends VariableElement> all = method.getParameters();
        if (all.isEmpty() || !all.get(0).asType().toString().endsWith("Machine")) {
            error(method, "a builtin's first parameter is the Machine");
            return Optional.empty();
        }
        return Optional.of(new Entry(method, method.getAnnotation(Builtin.class), all.subList(1, all.size()))).filter(this::check);
    }

    /** What the classes above it declare, which its table has too. */
    private void addInherited(TypeElement type, List<Entry> entries) {
        Element above = processingEnv.getTypeUtils().asElement(type.getSuperclass());
        while (above instanceof TypeElement holder) {
            for (ExecutableElement method : ElementFilter.methodsIn(holder.getEnclosedElements())) {
                if (method.getAnnotation(Builtin.class) != null) {
                    entry(method).ifPresent(entries::add);
                }
            }
            above = processingEnv.getTypeUtils().asElement(holder.getSuperclass());
        }
    }

    private boolean check(Entry entry) {
        int wanted = entry.hasSelf() ? 1 : 0;
        for (String part : entry.note().signature().replaceAll("'[^']*'", "''").split(",")) {
            String p = part.trim();
            if (!p.isEmpty() && !p.equals("*") && !p.equals("/")) {
                wanted++;
            }
        }
        if (wanted != entry.parameters().size()) {
            error(entry.method(), "the signature has " + wanted + " parameters (receiver included), the method "
                    + entry.parameters().size() + " behind the Machine");
            return false;
        }
        return true;
    }

    private void error(Element at, String text) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, text, at);
    }

    private void write(TypeElement type, List<Entry> entries) throws IOException {
        List<String> names = new ArrayList<>();
        StringBuilder indices = new StringBuilder();
        StringBuilder documented = new StringBuilder();
        StringBuilder signatures = new StringBuilder();
        StringBuilder methods = new StringBuilder();
        StringBuilder properties = new StringBuilder();
        StringBuilder texts = new StringBuilder();
        StringBuilder calls = new StringBuilder();
        StringBuilder bodies = new StringBuilder();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Builtin note = entry.note();
            for (String name : note.value()) {
                if (names.contains(name)) {
                    error(entry.method(), "a second builtin called " + name);
                }
                names.add(name);
                indices.append("            case ").append(quote(name)).append(" -> ").append(i).append(";\n");
            }
            String at = "            case " + i + " -> ";
            documented.append(at).append(quote(note.value()[0])).append(";\n");
            signatures.append(at).append(quote(note.signature())).append(";\n");
            methods.append(entry.hasSelf() ? at + "true;\n" : "");
            properties.append(note.property() ? at + "true;\n" : "");
            texts.append(at).append("switch (kind) {\n                case 0 -> ").append(quote(note.doc())).append(";\n");
            optional(texts, 1, note.shapes());
            optional(texts, 2, note.example());
            optional(texts, 3, note.gradient());
            texts.append("                default -> \"\";\n            };\n");
            call(calls, bodies, i, type, entry);
        }
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(all.isEmpty() ? "" : ", ").append(quote(name));
        }
        String pack = processingEnv.getElementUtils().getPackageOf(type).getQualifiedName().toString();
        String simple = type.getSimpleName() + "Table";
        StringBuilder source = new StringBuilder();
        source.append("package ").append(pack).append(";\n\n/** Generated from the @Builtin methods of ")
                .append(type.getSimpleName()).append(". */\npublic final class ").append(simple)
                .append(" extends io.retrograd.lang.builtin.BuiltinTable {\n    public static final ").append(simple)
                .append(" TABLE = new ").append(simple).append("();\n\n    private ").append(simple).append("() {}\n");
        method(source, "protected int size()", "return " + entries.size() + ";\n");
        method(source, "public String[] names()", "return new String[] {" + all + "};\n");
        choice(source, "protected int indexOf(String name)", "name", indices, "-1");
        choice(source, "protected String nameOf(int index)", "index", documented, "\"\"");
        choice(source, "protected String signatureOf(int index)", "index", signatures, "\"\"");
        choice(source, "protected boolean isMethod(int index)", "index", methods, "false");
        choice(source, "protected boolean isProperty(int index)", "index", properties, "false");
        choice(source, "protected String textOf(int index, int kind)", "index", texts, "\"\"");
        choice(source, "protected Object invoke(int index, io.retrograd.lang.value.Machine m, Object[] a)", "index", calls,
                "throw new IllegalArgumentException()");
        source.append(bodies).append("}\n");
        try (Writer out = processingEnv.getFiler().createSourceFile(pack + "." + simple, type).openWriter()) {
            out.append(source);
        }
    }

    private static void method(StringBuilder source, String head, String body) {
        source.append("\n    @Override\n    ").append(head).append(" {\n        ").append(body).append("    }\n");
    }

    private static void choice(StringBuilder source, String head, String by, StringBuilder cases, String otherwise) {
        String unchecked = head.contains("invoke") ? "    @SuppressWarnings(\"unchecked\")\n" : "";
        source.append("\n").append(unchecked);
        method(source, head, "return switch (" + by + ") {\n" + cases + "            default -> " + otherwise + ";\n        };\n");
    }

    private static void optional(StringBuilder texts, int kind, String text) {
        if (!text.isEmpty()) {
            texts.append("                case ").append(kind).append(" -> ").append(quote(text)).append(";\n");
        }
    }

    /** A static method of its own for each function, which bytecode of scripts calls without an array. */
    private void call(StringBuilder calls, StringBuilder bodies, int index, TypeElement type, Entry entry) {
        StringBuilder arguments = new StringBuilder("m");
        StringBuilder parameters = new StringBuilder("io.retrograd.lang.value.Machine m");
        StringBuilder elements = new StringBuilder("m");
        String function = quote(entry.note().value()[0]);
        for (int i = 0; i < entry.parameters().size(); i++) {
            VariableElement p = entry.parameters().get(i);
            arguments.append(", ").append(conversion(p.asType(), "a" + i, function, quote(p.getSimpleName().toString())));
            parameters.append(", Object a").append(i);
            elements.append(", a[").append(i).append(']');
        }
        String target = type.getQualifiedName() + "." + entry.method().getSimpleName() + "(" + arguments + ")";
        calls.append("            case ").append(index).append(" -> call").append(index).append('(').append(elements).append(");\n");
        TypeKind result = entry.method().getReturnType().getKind();
        String body = result == TypeKind.VOID
                ? target + ";\n        return io.retrograd.lang.value.None.NONE;\n"
                : "return " + (result == TypeKind.INT ? "(Object) (long) " : "(Object) ") + target + ";\n";
        bodies.append("\n    @SuppressWarnings(\"unchecked\")\n    public static Object call").append(index).append('(')
                .append(parameters).append(") {\n        ").append(body).append("    }\n");
    }

    private String conversion(TypeMirror type, String value, String function, String parameter) {
        String convert = "io.retrograd.lang.builtin.Convert.";
        return switch (type.getKind()) {
            case BOOLEAN -> convert + "truth(m, " + value + ")";
            case LONG -> convert + "index(m, " + value + ")";
            case INT -> convert + "smallIndex(m, " + value + ")";
            case DOUBLE -> convert + "real(m, " + value + ")";
            case ARRAY -> "(Object[]) " + value;
            default -> {
                String name = processingEnv.getTypeUtils().erasure(type).toString();
                yield switch (name) {
                    case "java.lang.Object" -> value;
                    case "java.lang.String" -> convert + "text(m, " + value + ", " + function + ", " + parameter + ")";
                    case "java.util.Map" -> "(" + type + ") " + value;
                    default -> convert + "instance(m, " + value + ", " + name + ".class, " + function + ", " + parameter + ")";
                };
            }
        };
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> out.append(c < 128 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
            }
        }
        return out.append('"').toString();
    }
}
