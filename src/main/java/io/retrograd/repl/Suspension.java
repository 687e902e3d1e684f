package io.retrograd.repl;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ctrl-Z: gives the terminal back as it was before it stops the process; {@code fg} brings the session back. */
final class Suspension {
    private static final String PASTE_ON = "\u001b[?2004h";
    private static final String PASTE_OFF = "\u001b[?2004l";

    private final Terminal terminal;
    private final Attributes original;

    private Suspension(Terminal terminal) {
        this.terminal = terminal;
        this.original = terminal.getAttributes();
    }

    /** To be called before anybody changes the terminal. */
    static void allowFor(Terminal terminal) {
        Suspension suspension = new Suspension(terminal);
        terminal.handle(Terminal.Signal.TSTP, suspension::suspend);
    }

    private void suspend(Terminal.Signal signal) {
        Attributes now = terminal.getAttributes();
        terminal.puts(Capability.keypad_local);
        terminal.writer().print(PASTE_OFF + "\r\n");
        terminal.flush();
        terminal.setAttributes(original);
        Signal stop = new Signal("TSTP");
        SignalHandler ours = Signal.handle(stop, SignalHandler.SIG_DFL);
        stopUntilContinued();
        Signal.handle(stop, ours);
        terminal.setAttributes(now);
        if (!Repl.isPlain(terminal)) {
            terminal.writer().print(PASTE_ON);
        }
        terminal.flush();
    }

    /** By the shell's hand, since the JVM raises only signals that it handles itself. */
    private static void stopUntilContinued() {
        try {
            new ProcessBuilder("sh", "-c", "kill -TSTP " + ProcessHandle.current().pid()).start().waitFor();
        } catch (IOException noShell) {
            return;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
