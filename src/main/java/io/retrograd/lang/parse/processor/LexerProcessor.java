package io.retrograd.lang.parse.processor;

import io.retrograd.lang.parse.NnLexer;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Writes the class {@code LexerTable} while the project is compiled: the automaton of the lexer's grammar, worked out to the end.
 * ANTLR's lexer works it out anew in every process, which for a short script takes longer than all its other parsing.
 */
@SupportedAnnotationTypes("*")
public final class LexerProcessor extends AbstractProcessor {
    private static final String PACKAGE = "io.retrograd.lang.parse";
    private static final String NAME = "LexerTable";

    private boolean written;

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (!written) {
            written = true;
            try (Writer out = processingEnv.getFiler().createSourceFile(PACKAGE + "." + NAME).openWriter()) {
                out.write(source(LexerAutomaton.of(new NnLexer(null))));
            } catch (IOException failure) {
                processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, failure.toString());
            }
        }
        return false;
    }

    private static String source(LexerAutomaton automaton) {
        return "package " + PACKAGE + ";\n\n"
                + "/** Generated from the lexer's grammar: its automaton. */\n"
                + "final class " + NAME + " {\n"
                + "    /** Stands for the type of white space, comments and joined lines, which are skipped. */\n"
                + "    static final char SKIPPED = '\\uffff';\n"
                + "    static final int CLASSES = " + automaton.classes() + ";\n"
                + "    private static final String CLASS_OF = " + quoted(automaton.classOf()) + ";\n"
                + "    private static final String NEXT = " + quoted(automaton.next()) + ";\n"
                + "    private static final String ACCEPTED = " + quoted(automaton.accepted()) + ";\n\n"
                + "    private " + NAME + "() {}\n\n"
                + "    /** The kind of each character of ASCII. */\n"
                + "    static char[] classOf() {\n        return CLASS_OF.toCharArray();\n    }\n\n"
                + "    /** For each state and kind of character the state that follows; 0 where none does. The first state is 1. */\n"
                + "    static char[] next() {\n        return NEXT.toCharArray();\n    }\n\n"
                + "    /** For each state the type of the word that may end there; 0 where none may. */\n"
                + "    static char[] accepted() {\n        return ACCEPTED.toCharArray();\n    }\n"
                + "}\n";
    }

    private static String quoted(char[] values) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : values) {
            // In octal, since \\u000a would end the line before the literal is read.
            out.append(c < 256 ? "\\" + String.format("%03o", (int) c) : String.format("\\u%04x", (int) c));
        }
        return out.append('"').toString();
    }
}
