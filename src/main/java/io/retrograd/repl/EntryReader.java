package io.retrograd.repl;

import io.retrograd.lang.parse.Completeness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * JLine's editor taught the shape of scripts: Enter goes on until an entry is whole and indents the next line, an
 * indentation that is typed takes the place of the one that was made, a paste is taken as it is.
 */
final class EntryReader extends LineReaderImpl implements EntrySource {
    /** How long to look whether more is coming at once, as it does when something is pasted. */
    private static final long PASTE_MILLIS = 8;

    private static final int LARGEST_LIST = 120;

    private final Workspace workspace;
    private final WarmUp warmUp;
    private final Hints hints;
    private boolean plainText;
    private boolean whole;
    private boolean over;
    /** Whether the entry comes with spaces of its own, as a pasted one does where the terminal does not say so. */
    private boolean bringsIndentation;
    private int madeIndent;
    private int madeIndentAt = -1;

    EntryReader(Terminal terminal, Workspace workspace, WarmUp warmUp, Optional<Path> historyFile) throws IOException {
        super(terminal, "Retrograd", new HashMap<>());
        this.workspace = workspace;
        this.warmUp = warmUp;
        Lookup known = new Lookup(workspace, warmUp);
        this.hints = new Hints(known);
        setParser(new EntryParser());
        setHighlighter(new EntryHighlighter(workspace, known));
        setCompleter(new EntryCompleter(workspace, known));
        setOpt(Option.DISABLE_EVENT_EXPANSION);
        setOpt(Option.CASE_INSENSITIVE);
        setOpt(Option.HISTORY_IGNORE_DUPS);
        unsetOpt(Option.COMPLETE_MATCHER_TYPO);
        unsetOpt(Option.HISTORY_IGNORE_SPACE);
        unsetOpt(Option.MOUSE);
        setVariable(LIST_MAX, LARGEST_LIST);
        setVariable(HISTORY_SIZE, 5000);
        setVariable(HISTORY_FILE_SIZE, 5000);
        historyFile.ifPresent(file -> setVariable(HISTORY_FILE, file));
        getHistory().attach(this);
        getKeyMaps().get(EMACS).bind((Widget) this::insertNewLine, KeyMap.alt('\r'), KeyMap.alt('\n'));
    }

    /** Alt-Enter: a further line, whole entry or not. */
    private boolean insertNewLine() {
        newLine();
        return true;
    }

    @Override
    public Line entry(int number) {
        String prompt = "In [" + number + "]: ";
        String more = String.format(Locale.ROOT, "%" + prompt.length() + "s", "...: ");
        setVariable(SECONDARY_PROMPT_PATTERN, painted(more));
        plainText = false;
        whole = false;
        bringsIndentation = false;
        madeIndentAt = -1;
        return read(painted(prompt));
    }

    @Override
    public Line text(String prompt) {
        plainText = true;
        try {
            terminal.writer().print("\r");
            return read(prompt);
        } finally {
            plainText = false;
        }
    }

    private Line read(String prompt) {
        over = false;
        try {
            return new Line.Entry(readLine(prompt));
        } catch (UserInterruptException dropped) {
            return new Line.Dropped();
        } catch (EndOfFileException end) {
            return new Line.End();
        } finally {
            workspace.world().screen().fresh();
        }
    }

    boolean isPlainText() {
        return plainText;
    }

    private String painted(String prompt) {
        return workspace.colours()
                ? new AttributedString(prompt, AttributedStyle.BOLD.foreground(AttributedStyle.GREEN)).toAnsi(terminal)
                : prompt;
    }

    // Enter

    @Override
    protected boolean acceptLine() {
        if (plainText) {
            return super.acceptLine();
        }
        if (!isRecalled() && !buf.substring(buf.cursor(), buf.length()).isBlank()) {
            if (buf.toString().indexOf('\n', buf.cursor()) >= 0) {
                newLine();
                return true;
            }
        }
        placeClause();
        if (wantsMore()) {
            buf.cursor(buf.length());
            newLine();
            return true;
        }
        buf.cursor(buf.length());
        return super.acceptLine();
    }

    private boolean wantsMore() {
        String text = buf.toString();
        if (text.isBlank() || ReplCommands.isOneLine(text)) {
            return false;
        }
        boolean isWhole = whole || isRecalled();
        Completeness found = Entries.completeness(text + (isWhole ? "\n\n" : "\n"));
        if (found == Completeness.INCOMPLETE) {
            return true;
        }
        // A blank line inside a function that is being pasted: what comes next at once is indented, or blank too.
        return found == Completeness.COMPLETE && text.indexOf('\n') >= 0 && !isWhole && lastLine(text).isBlank() && moreOfBlockComes();
    }

    /** Whether the entry is one of the history, as it was. */
    private boolean isRecalled() {
        return getHistory().index() < getHistory().size() && buf.toString().equals(getHistory().current());
    }

    private boolean moreOfBlockComes() {
        int next = peekCharacter(PASTE_MILLIS);
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }

    private void newLine() {
        String before = buf.upToCursor();
        int indent = Indentation.after(before);
        if (bringsIndentation && !before.stripTrailing().endsWith(":") && peekCharacter(PASTE_MILLIS) > 0) {
            indent = 0;
        }
        if (lastLine(before).isBlank() && !before.isBlank()) {
            buf.backspace(lastLine(before).length());
        }
        buf.write("\n" + " ".repeat(indent));
        madeIndent = indent;
        madeIndentAt = indent == 0 ? -1 : buf.cursor();
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    /** Moves {@code else:} that was typed behind a made indentation out to where it can stand. */
    private void placeClause() {
        String text = buf.toString();
        if (madeIndentAt < 0 || text.indexOf('\n') < 0 || !Indentation.endsInClause(text)) {
            return;
        }
        int start = text.lastIndexOf('\n') + 1;
        if (Indentation.columns(text.substring(start)) == madeIndent && madeIndent >= Indentation.STEP) {
            int cursor = buf.cursor();
            buf.cursor(start);
            buf.delete(Indentation.STEP);
            buf.cursor(Math.max(start, cursor - Indentation.STEP));
        }
    }

    // Single keys

    @Override
    protected boolean selfInsert() {
        if (!plainText && madeIndentAt >= 0 && madeIndentAt == buf.cursor() && " ".equals(getLastBinding())) {
            buf.backspace(madeIndent);
            madeIndentAt = -1;
            bringsIndentation = true;
        }
        return super.selfInsert();
    }

    @Override
    protected boolean backwardDeleteChar() {
        String line = lastLine(buf.upToCursor());
        if (!plainText && line.length() > 1 && line.isBlank()) {
            buf.backspace((line.length() - 1) % Indentation.STEP + 1);
            return true;
        }
        return super.backwardDeleteChar();
    }

    @Override
    protected boolean expandOrComplete() {
        String line = lastLine(buf.upToCursor());
        if (!plainText && madeIndentAt >= 0 && madeIndentAt == buf.cursor() && peekCharacter(PASTE_MILLIS) > 0) {
            buf.backspace(madeIndent);
            line = "";
            madeIndentAt = -1;
            bringsIndentation = true;
        }
        if (plainText || line.isBlank()) {
            buf.write(" ".repeat(Indentation.STEP - line.length() % Indentation.STEP));
            return true;
        }
        return super.expandOrComplete();
    }

    @Override
    public boolean beginPaste() {
        String text = doReadStringUntil(BRACKETED_PASTE_END).replace("\r\n", "\n").replace('\r', '\n');
        if (plainText) {
            buf.write(text);
            return true;
        }
        if (text.indexOf('\n') >= 0) {
            if (madeIndentAt == buf.cursor()) {
                buf.backspace(madeIndent);
            }
            if (buf.toString().isBlank()) {
                buf.clear();
                text = Pasted.plain(text);
            }
            whole = true;
        }
        madeIndentAt = -1;
        buf.write(text);
        return true;
    }

    // Below the line

    /** The line is done, or dropped: what stood below it goes. */
    @Override
    protected void cleanup() {
        over = true;
        super.cleanup();
    }

    @Override
    protected void redisplay(boolean flush) {
        boolean shows = post == null && !over && state == State.NORMAL && !plainText && workspace.settings().isOn(Settings.HINTS);
        if (shows) {
            AttributedString hint = hints.at(buf.toString(), buf.cursor(), size.getColumns(), workspace.colours());
            if (hint.length() > 0) {
                post = () -> hint;
            } else {
                shows = false;
            }
        }
        try {
            super.redisplay(flush);
            warmUp.start();
        } finally {
            if (shows) {
                post = null;
            }
        }
    }
}
