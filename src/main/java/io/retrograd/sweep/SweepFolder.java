package io.retrograd.sweep;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The folder of a sweep: its journal, the runs' logs, the tables and the picture. */
public final class SweepFolder {
    private final Path folder;

    public SweepFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Begins a sweep, or goes on with the one that is there.
     *
     * @param source the script, whose name says where its modules are looked up
     * @param resume go on; without it a journal that is there is a problem
     * @throws SweepProblem if the sweep cannot begin
     */
    public Sweep open(Source source, List<Setting> settings, List<Long> seeds, World process, boolean resume) throws IOException {
        Constants constants = new Constants(source);
        List<Setting> checked = new ArrayList<>();
        for (Setting s : settings) {
            if (checked.stream().anyMatch(c -> c.name().equals(s.name()))) {
                throw new SweepProblem("--set " + s.name() + " is given twice; give its values in one, parted by commas");
            }
            checked.add(constants.checked(s));
        }
        List<Case> cases = Case.all(checked, seeds);
        Path file = folder.resolve("journal.jsonl");
        boolean there = Files.exists(file);
        if (there && !resume) {
            throw new SweepProblem("there is a sweep in '" + folder + "': --resume goes on with it, --out names another folder");
        }
        Files.createDirectories(folder.resolve("logs"));
        var head = Journal.head(source.name(), source.text(), process.arguments(), cases);
        List<Outcome> done = new ArrayList<>();
        Journal journal = there ? Journal.goOn(Evaluator.of(process).machine(), file, head, cases, done) : Journal.begin(file, head);
        int slash = source.name().lastIndexOf('/');
        return new Sweep(constants, cases, journal, done, folder.resolve("logs"), process,
                slash < 0 ? "" : source.name().substring(0, slash));
    }

    /** The folder as the user wrote it. */
    @Override
    public String toString() {
        return folder.toString();
    }

    /** Writes a file whole: who looks meanwhile sees the old one. */
    public void write(String name, byte[] content) throws IOException {
        Path temporary = folder.resolve(name + ".part");
        Files.write(temporary, content);
        Files.move(temporary, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the tables. */
    public void write(Results results) throws IOException {
        write("results.csv", results.csv().getBytes(StandardCharsets.UTF_8));
        write("results.json", results.json().getBytes(StandardCharsets.UTF_8));
    }
}
