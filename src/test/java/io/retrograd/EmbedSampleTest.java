package io.retrograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The example project is compiled and run as its users do, with what the library's pom gives them and no more. */
class EmbedSampleTest {
    private static final Path SAMPLE = Path.of("samples/embed");

    @TempDir
    Path classes;

    @Test
    void printsWhatItShould() throws Exception {
        int compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), "-cp",
                "target/classes", "--release", "17", SAMPLE.resolve("src/main/java/example/Embed.java").toString());
        assertEquals(0, compiled);
        String path = classes + File.pathSeparator + libraryPath();
        Process java = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-cp", path, "example.Embed")
                .redirectErrorStream(true)
                .start();
        String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), printed);
        assertEquals(Files.readString(SAMPLE.resolve("expected.txt")), printed.replace("\r\n", "\n"));
    }

    /** The class path without tests, and without what the pom marks as optional. */
    private static String libraryPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(p -> !p.contains("test-classes") && !p.contains("jline") && !p.contains("picocli") && !p.contains("junit"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void dependsOnThisVersionOfTheLibrary() throws Exception {
        Document own = parse(Path.of("pom.xml"));
        Document sample = parse(SAMPLE.resolve("pom.xml"));
        assertEquals(text(own, "version", 0), text(sample, "retrograd.version", 0));
        assertEquals(text(own, "groupId", 0), text(sample, "groupId", 1));
        assertEquals(text(own, "artifactId", 0), text(sample, "artifactId", 1));
    }

    @Test
    void theLibraryBringsNoTerminal() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        for (String artifact : List.of("jline", "picocli")) {
            int at = pom.indexOf("<artifactId>" + artifact + "</artifactId>");
            String dependency = pom.substring(at, pom.indexOf("</dependency>", at));
            assertTrue(dependency.contains("<optional>true</optional>"), artifact);
        }
    }

    private static Document parse(Path pom) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    }

    private static String text(Document pom, String tag, int index) {
        return pom.getElementsByTagName(tag).item(index).getTextContent();
    }
}
