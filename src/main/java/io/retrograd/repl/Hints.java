package io.retrograd.repl;

import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The line below the cursor: the signature of the call that is being typed, its current parameter marked. */
final class Hints {
    private final Lookup names;
    private String lastCallee = "";
    private List<Lookup.Parameter> lastParameters = List.of();

    Hints(Lookup names) {
        this.names = names;
    }

    AttributedString at(String text, int cursor, int width, boolean colours) {
        Optional<CallContext> call = ReplCommands.isCommand(text) ? Optional.empty() : CallContext.at(text, cursor);
        if (call.isEmpty()) {
            lastCallee = "";
            return AttributedString.EMPTY;
        }
        CallContext context = call.get();
        if (!context.callee().equals(lastCallee)) {
            lastCallee = context.callee();
            Object callee = names.known(lastCallee);
            lastParameters = callee == null ? List.of() : names.parameters(callee);
        }
        if (lastParameters.isEmpty()) {
            return AttributedString.EMPTY;
        }
        AttributedStyle dim = colours ? AttributedStyle.DEFAULT.faint() : AttributedStyle.DEFAULT;
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.style(dim).append(lastCallee).append("(");
        int currentEnd = 0;
        for (int i = 0; i < lastParameters.size(); i++) {
            line.style(dim).append(i == 0 ? "" : ", ");
            line.style(isCurrent(context, i) && colours ? AttributedStyle.BOLD : dim).append(lastParameters.get(i).shown());
            currentEnd = isCurrent(context, i) ? line.columnLength() : currentEnd;
        }
        line.style(dim).append(")");
        AttributedString whole = line.toAttributedString();
        if (whole.columnLength() < width) {
            return whole;
        }
        // The part of a long signature that has the current parameter in it.
        int end = Math.min(whole.columnLength(), Math.max(width - 2, currentEnd + 2));
        int start = Math.max(0, end - width + 2);
        return whole.columnSubSequence(start, end);
    }

    private boolean isCurrent(CallContext context, int i) {
        if (!context.keyword().isEmpty()) {
            return lastParameters.get(i).name().equals(context.keyword());
        }
        return i == context.argument() || lastParameters.get(i).starred() && context.argument() > i;
    }
}
