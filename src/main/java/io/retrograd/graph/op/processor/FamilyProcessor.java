package io.retrograd.graph.op.processor;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Writes the class {@code FamilyTable} while the project is compiled: for each type of operation the family that has it, read
 * off the switch in each family's {@code find}. Asking the families in turn would load all their operations at every start.
 */
@SupportedAnnotationTypes("*")
public final class FamilyProcessor extends AbstractProcessor {
    private static final String PACKAGE = "io.retrograd.graph.op";
    private static final String NAME = "FamilyTable";

    private boolean written;

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (!written) {
            written = true;
            Map<String, List<String>> families = new TreeMap<>();
            for (TypeElement type : ElementFilter.typesIn(round.getRootElements())) {
                if (processingEnv.getElementUtils().getPackageOf(type).getQualifiedName().contentEquals(PACKAGE)) {
                    ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                            .filter(m -> m.getSimpleName().contentEquals("find") && m.getModifiers().contains(Modifier.STATIC))
                            .forEach(m -> families.put(type.getSimpleName().toString(), types(m)));
                }
            }
            try (Writer out = processingEnv.getFiler().createSourceFile(PACKAGE + "." + NAME).openWriter()) {
                out.write(source(families));
            } catch (IOException failure) {
                tell(failure.toString(), null);
            }
        }
        return false;
    }

    /** The labels of the method's switch. */
    private List<String> types(ExecutableElement find) {
        List<String> types = new ArrayList<>();
        MethodTree tree = Trees.instance(processingEnv).getTree(find);
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitSwitchExpression(SwitchExpressionTree found, Void none) {
                for (CaseTree each : found.getCases()) {
                    for (ExpressionTree label : each.getExpressions()) {
                        if (label instanceof LiteralTree literal) {
                            types.add((String) literal.getValue());
                        } else {
                            tell("an operation's type is to be written out", find);
                        }
                    }
                }
                return null;
            }
        }.scan(tree, null);
        if (types.isEmpty()) {
            tell("a family's find is a switch over the types of its operations", find);
        }
        return types;
    }

    private void tell(String message, Element where) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, where);
    }

    private static String source(Map<String, List<String>> families) {
        StringBuilder out = new StringBuilder("package " + PACKAGE + ";\n\n"
                + "import io.retrograd.graph.OpDef;\n\n"
                + "/** Generated from the families of operations: which of them has a type. */\n"
                + "final class " + NAME + " {\n"
                + "    private " + NAME + "() {}\n\n"
                + "    /** The definition of that type, made anew; null if there is none. */\n"
                + "    static OpDef find(String type) {\n"
                + "        return switch (type) {\n");
        families.forEach((family, types) -> out.append("            case \"").append(String.join("\", \"", types))
                .append("\" -> ").append(family).append(".find(type);\n"));
        return out.append("            default -> null;\n        };\n    }\n}\n").toString();
    }
}
