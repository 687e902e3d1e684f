package io.retrograd.repl;

import java.io.IOException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jline.utils.Signals;

/** Opens the process's own terminal; quickly, since somebody waits for the prompt. */
final class SystemTerminal {
    private static final Size CUSTOMARY = new Size(80, 24);

    private SystemTerminal() {}

    static Terminal open() throws IOException {
        loadEditor();
        String type = System.getenv("TERM");
        boolean wantsEditor = type != null && !type.isEmpty() && !type.startsWith("dumb");
        if (wantsEditor) {
            knowCapabilities(type);
        }
        // The providers that JLine tries besides start processes in order to ask what the terminal is.
        Terminal terminal = open("jni", wantsEditor ? type : Terminal.TYPE_DUMB);
        if (wantsEditor && Repl.isPlain(terminal)) {
            terminal.close();
            terminal = open("exec", type);
        }
        if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
            // A terminal that nobody told its size, as in a container.
            terminal.setSize(CUSTOMARY);
        }
        return terminal;
    }

    private static Terminal open(String provider, String type) throws IOException {
        return TerminalBuilder.builder()
                .name("Retrograd")
                .type(type)
                .system(true)
                .providers(provider)
                .jni(provider.equals("jni"))
                .exec(provider.equals("exec"))
                .ffm(false)
                .dumb(true)
                .graphemeCluster(false)
                .nativeSignals(true)
                .signalHandler(Terminal.SignalHandler.SIG_IGN)
                .build();
    }

    /** Loads the editor's classes meanwhile: that costs as much as opening the terminal, and there is a second core. */
    private static void loadEditor() {
        Thread loader = new Thread(() -> {
            try {
                Class.forName(Signals.class.getName());
                Class.forName(EntryReader.class.getName());
                Class.forName(LineReaderImpl.class.getName());
            } catch (ClassNotFoundException broken) {
                throw new AssertionError(broken);
            }
        });
        loader.setDaemon(true);
        loader.start();
    }

    /** JLine asks the program infocmp first, which takes longer than all else, also where it knows the answer itself. */
    private static void knowCapabilities(String type) {
        String known = InfoCmp.getDefaultInfoCmp(type.startsWith("tmux") ? "screen-256color" : type);
        if (known != null) {
            InfoCmp.setLoadedInfoCmp(type, known);
        }
    }
}
