package io.retrograd.cli;

import io.retrograd.session.Engines;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The add-on that runs sessions on TensorFlow's own runtime, in a folder of the user's: TensorFlow's libraries, fetched
 * by Maven, and the few classes that join them to ours, compiled there. Its libraries live in a class loader of
 * their own.
 */
final class EngineFolder {
    static final String ADD = "nn engine add tensorflow";
    static final String VERSION = "TensorFlow 2.18 (org.tensorflow:tensorflow-core-api 1.1.0)";

    /** What earlier versions did not fetch. */
    private static final String NEWEST = "jna-5.17.0.jar";

    private static final String RUNTIME_CLASS = "io.retrograd.engine.TensorFlowRuntime";
    private static final List<String> SOURCES =
            List.of("TensorFlowRuntime.java", "TensorFlowEngine.java", "NativeGraph.java", "Rprop.java", "Connection.java", "ScriptCalls.java",
                    "ScriptFunctions.java", "ScriptKernels.java", "Statuses.java", "Tensors.java");

    /** Packages that the add-on brings in versions of its own. */
    private static final List<String> OWN = List.of(
            "io.retrograd.engine.", "org.tensorflow.internal.", "org.bytedeco.", "com.sun.jna.");

    private final Path folder;

    private EngineFolder(Path folder) {
        this.folder = folder;
    }

    static EngineFolder of(Map<String, String> environment) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(data);
        return new EngineFolder(base.resolve("retrograd").resolve("engines").resolve("tensorflow-2.18"));
    }

    Path path() {
        return folder;
    }

    /** Whether all that this version needs was fetched. */
    boolean isThere() {
        return Files.isRegularFile(folder.resolve("ready")) && Files.isRegularFile(folder.resolve("lib").resolve(NEWEST));
    }

    /** The platform's name in the names of TensorFlow's libraries; empty for one that has none. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        return os.contains("linux") ? "linux-" + (arm ? "arm64" : "x86_64")
                : os.contains("mac") && arm ? "macosx-arm64"
                : os.contains("windows") && !arm ? "windows-x86_64" : "";
    }

    /** Thrown where the add-on cannot be made or used, with what to do. */
    static final class Problem extends Exception {
        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message);
        }
    }

    /** Fetches TensorFlow and compiles what joins it to ours. */
    void add(PrintStream out) throws Problem {
        if (platform().isEmpty()) {
            throw new Problem("TensorFlow 2.18 for Java has no library for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        }
        out.println("Fetching " + VERSION + " for " + platform() + " with Maven: 160 MB, and 683 MB once it is unpacked, into");
        out.println(folder);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("pom.xml"), pom());
            fetch();
            compile();
            Files.writeString(folder.resolve("ready"), VERSION + "\n");
        } catch (IOException failure) {
            throw new Problem("cannot write to " + folder + ": " + failure.getMessage());
        }
        out.println("Done. Run a script on it: nn --engine tensorflow SCRIPT");
    }

    private static String pom() {
        return "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>"
                + "<groupId>io.retrograd</groupId><artifactId>engine</artifactId><version>1</version><dependencies>"
                + dependency("org.tensorflow", "tensorflow-core-native", "1.1.0", "")
                + dependency("org.tensorflow", "tensorflow-core-native", "1.1.0", platform())
                + dependency("org.bytedeco", "javacpp", "1.5.11", platform())
                + dependency("net.java.dev.jna", "jna", "5.17.0", "")
                + "</dependencies></project>\n";
    }

    private static String dependency(String group, String artifact, String version, String classifier) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>" + version
                + "</version>" + (classifier.isEmpty() ? "" : "<classifier>" + classifier + "</classifier>") + "</dependency>";
    }

    private void fetch() throws Problem, IOException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Process maven;
        try {
            maven = new ProcessBuilder(
                            windows ? "mvn.cmd" : "mvn", "-q", "-B", "-f", folder.resolve("pom.xml").toString(),
                            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
                            "-DoutputDirectory=" + folder.resolve("lib"))
                    .inheritIO()
                    .start();
        } catch (IOException none) {
            throw new Problem("Maven is needed to fetch TensorFlow: install it (https://maven.apache.org) so that the command mvn is found");
        }
        try {
            if (maven.waitFor() != 0) {
                throw new Problem("Maven could not fetch TensorFlow; what it printed says why");
            }
        } catch (InterruptedException asked) {
            maven.destroy();
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        }
    }

    private List<Path> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            return jars.filter(j -> j.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** The classes that join TensorFlow to this version of ours: compiled where they are not there yet, several processes at once too. */
    private Path compile() throws Problem, IOException {
        CRC32 fingerprint = new CRC32();
        List<byte[]> texts = new ArrayList<>();
        for (String source : SOURCES) {
            try (InputStream in = EngineFolder.class.getResourceAsStream("engine/io/retrograd/engine/" + source)) {
                texts.add(in.readAllBytes());
            }
            fingerprint.update(texts.get(texts.size() - 1));
        }
        Path classes = folder.resolve("classes-" + Long.toHexString(fingerprint.getValue()));
        if (Files.isDirectory(classes)) {
            return classes;
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new Problem("a JDK is needed, with its compiler; this Java has none");
        }
        Path making = Files.createTempDirectory(folder, "making");
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", making.toString(), "-cp"));
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        libraries().forEach(jar -> path.append(File.pathSeparatorChar).append(jar));
        arguments.add(path.toString());
        for (int i = 0; i < texts.size(); i++) {
            Path to = making.resolve(SOURCES.get(i));
            Files.write(to, texts.get(i));
            arguments.add(to.toString());
        }
        if (javac.run(null, null, null, arguments.toArray(new String[0])) != 0) {
            throw new Problem("the add-on does not fit this version; what was printed says where");
        }
        try {
            Files.move(making, classes, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException another) {
            if (!Files.isDirectory(classes)) {
                throw another;
            }
            delete(making);
        }
        return classes;
    }

    /** Removes the add-on. */
    void remove() throws Problem {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            delete(folder);
        } catch (IOException failure) {
            throw new Problem("cannot remove " + folder + ": " + failure.getMessage());
        }
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /**
     * TensorFlow's runtime; the first call loads its libraries.
     *
     * @param timeout how many seconds the servers of a cluster may be silent
     */
    Engines load(long timeout) throws Problem {
        if (!isThere()) {
            throw new Problem("the engine tensorflow is not there; fetch it with: " + ADD);
        }
        System.setProperty("org.bytedeco.javacpp.cachedir", folder.resolve("unpacked").toString());
        try {
            List<URL> urls = new ArrayList<>();
            urls.add(compile().toUri().toURL());
            for (Path jar : libraries()) {
                urls.add(jar.toUri().toURL());
            }
            return (Engines) new OwnFirst(urls.toArray(new URL[0])).loadClass(RUNTIME_CLASS).getConstructor(long.class).newInstance(timeout);
        } catch (IOException | ReflectiveOperationException | LinkageError broken) {
            throw new Problem("the engine in " + folder + " is damaged (" + broken + "); fetch it again with: " + ADD);
        }
    }

    /** Takes the add-on's own packages from its folder, all others from where ours are. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(URL[] urls) {
            super(urls, EngineFolder.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (OWN.stream().noneMatch(name::startsWith)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own != null ? own : super.getResource(name);
        }
    }
}
