package io.retrograd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Packages point one way: each may use those below it in this list, never those above. */
final class LayersTest {
    private static final String[] FROM_TOP = {
        "cli", "jsr223", "repl", "sweep", "show", "", "lib", "lang", "exchange", "train", "session", "gradient", "graph", "plot", "format", "kernel",
        "tensor", "limit", "error"
    };

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.retrograd");
    }

    @AfterAll
    static void forget() {
        classes = null;
    }

    @Test
    void packagesPointDownwards() {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : FROM_TOP) {
            layers = layers.optionalLayer(layer(name)).definedBy(name.isEmpty() ? "io.retrograd" : "io.retrograd." + name + "..");
        }
        for (int i = 0; i < FROM_TOP.length; i++) {
            layers = i == 0
                    ? layers.whereLayer(layer(FROM_TOP[0])).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(layer(FROM_TOP[i])).mayOnlyBeAccessedByLayers(above(i));
        }
        layers.check(classes);
    }

    /** What the library's jar holds needs neither the terminal's classes nor the command line's. */
    @Test
    void theLibraryKnowsNoTerminal() {
        noClasses()
                .that().resideOutsideOfPackages("io.retrograd.cli..", "io.retrograd.repl..")
                .should().dependOnClassesThat().resideInAnyPackage("org.jline..", "picocli..", "io.retrograd.cli..", "io.retrograd.repl..")
                .check(classes);
    }

    private static String layer(String name) {
        return name.isEmpty() ? "interpreter" : name;
    }

    private static String[] above(int i) {
        String[] names = new String[i];
        for (int k = 0; k < i; k++) {
            names[k] = layer(FROM_TOP[k]);
        }
        return names;
    }
}
