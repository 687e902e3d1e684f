package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.kernel.Kernels;
import io.retrograd.lib.tf.cluster.ClusterFile;
import io.retrograd.session.Engines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.tensorflow.distruntime.ServerDef;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;

/** {@code nn serve}: one server of a cluster, until it is stopped. */
@Command(
        name = "serve",
        sortOptions = false,
        description = "Starts one server of a cluster, on TensorFlow's own runtime, and keeps it until it is stopped (Ctrl-C).")
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--cluster",
            required = true,
            paramLabel = "FILE",
            description = "The cluster: {\"ps\": [\"host:port\"], \"worker\": [\"host:port\", ...]} as JSON, or a ClusterDef as text.")
    private String file;

    @Option(names = "--job", required = true, paramLabel = "NAME", description = "The job that the server belongs to.")
    private String job;

    @Option(names = "--task", paramLabel = "N", description = "Which task of that job it is (default: ${DEFAULT-VALUE}).")
    private int task;

    @Option(names = ClusterOptions.LISTEN, description = "Start it, knowing that everybody who reaches its port can use it.")
    private boolean listens;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        ProcessWorld world = new ProcessWorld(List.of(file), OptionalLong.empty(), 1, Kernels.bySize());
        try {
            if (!listens) {
                throw NnError.value(ClusterOptions.WARNING + "; where only machines that you trust can reach its port, add "
                        + ClusterOptions.LISTEN + " (docs/scaling.md says what to put round it)");
            }
            ServerDef definition = ClusterFile.server(Evaluator.of(world).machine(), text(), file, job, task);
            String address = ClusterFile.address(definition);
            Cluster cluster = new Cluster(ClusterOptions.TIMEOUT, true);
            Engines.Server server = cluster.load().server(definition.toByteArray());
            Signal.handle(new Signal("INT"), signal -> cluster.leave(ExitStatus.INTERRUPTED));
            server.start();
            world.out().write("/job:" + job + "/task:" + task + " listens at " + server.target() + ", on all interfaces, port "
                    + address.substring(address.lastIndexOf(':') + 1) + "\n");
            world.flush();
            while (true) {
                Thread.sleep(Long.MAX_VALUE);
            }
        } catch (EngineFolder.Problem problem) {
            return refuse(world, problem.getMessage());
        } catch (NnError mistake) {
            return refuse(world, mistake.getMessage());
        } catch (NoSuchFileException missing) {
            return refuse(world, "there is no file '" + file + "'");
        } catch (IOException failure) {
            return refuse(world, "cannot read '" + file + "': " + failure.getMessage());
        } catch (InterruptedException asked) {
            return ExitStatus.INTERRUPTED;
        }
    }

    private String text() throws IOException {
        return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    }

    private static int refuse(ProcessWorld world, String message) {
        world.err().write("nn: " + message + "\n");
        return ExitStatus.USAGE;
    }
}
