package io.retrograd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the library's jar holds needs neither the terminal's classes nor the command line's. */
final class LibraryTest {
    @Test
    void knowsNoTerminal() {
        noClasses()
                .that().resideOutsideOfPackages("io.retrograd.cli..", "io.retrograd.repl..")
                .should().dependOnClassesThat().resideInAnyPackage("org.jline..", "picocli..", "io.retrograd.cli..", "io.retrograd.repl..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.retrograd"));
    }
}
