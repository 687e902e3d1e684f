package io.retrograd.lang.parse.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.LexerActionType;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.dfa.DFAState;

/**
 * The deterministic automaton of a lexer over ASCII, found by asking ANTLR's own simulator for the successor of every state
 * on every character. State 0 is the end of all words, state 1 the first.
 *
 * @param classes how many kinds of characters the automaton tells apart
 * @param classOf the kind of each character
 * @param next the following state, by state and kind
 * @param accepted by state the type of the word that ends there, 0 for none, 0xFFFF for one to be skipped
 */
record LexerAutomaton(int classes, char[] classOf, char[] next, char[] accepted) {
    private static final int CHARACTERS = 128;
    private static final char SKIPPED = 0xFFFF;

    static LexerAutomaton of(Lexer lexer) {
        return new Explorer(lexer).explore();
    }

    private static final class Explorer extends LexerATNSimulator {
        private final CharStream none = CharStreams.fromString("");
        private final Map<DFAState, Integer> numbers = new HashMap<>();
        private final List<DFAState> states = new ArrayList<>();

        Explorer(Lexer lexer) {
            super(lexer, lexer.getATN(), new DFA[] {new DFA(lexer.getATN().getDecisionState(0), 0)}, new PredictionContextCache());
        }

        LexerAutomaton explore() {
            states.add(ERROR);
            numbers.put(ERROR, 0);
            number(addDFAState(computeStartState(none, atn.modeToStartState.get(0))));
            List<char[]> rows = new ArrayList<>(List.of(new char[CHARACTERS]));
            for (int s = 1; s < states.size(); s++) {
                char[] row = new char[CHARACTERS];
                for (int c = 0; c < CHARACTERS; c++) {
                    row[c] = (char) number(computeTargetState(none, states.get(s), c));
                }
                rows.add(row);
            }
            return packed(rows);
        }

        private int number(DFAState state) {
            return numbers.computeIfAbsent(state, s -> {
                states.add(s);
                return states.size() - 1;
            });
        }

        /** Characters that no state tells apart share one column. */
        private LexerAutomaton packed(List<char[]> rows) {
            Map<String, Integer> columns = new HashMap<>();
            char[] classOf = new char[CHARACTERS];
            List<Integer> first = new ArrayList<>();
            for (int c = 0; c < CHARACTERS; c++) {
                StringBuilder column = new StringBuilder();
                for (char[] row : rows) {
                    column.append(row[c]);
                }
                int character = c;
                classOf[c] = (char) (int) columns.computeIfAbsent(column.toString(), k -> {
                    first.add(character);
                    return first.size() - 1;
                });
            }
            char[] next = new char[rows.size() * first.size()];
            char[] accepted = new char[rows.size()];
            for (int s = 0; s < rows.size(); s++) {
                for (int k = 0; k < first.size(); k++) {
                    next[s * first.size() + k] = rows.get(s)[first.get(k)];
                }
                accepted[s] = accepted(states.get(s));
            }
            return new LexerAutomaton(first.size(), classOf, next, accepted);
        }

        private static char accepted(DFAState state) {
            if (!state.isAcceptState) {
                return 0;
            }
            if (state.lexerActionExecutor == null) {
                return (char) state.prediction;
            }
            for (var action : state.lexerActionExecutor.getLexerActions()) {
                if (action.getActionType() != LexerActionType.SKIP) {
                    throw new IllegalArgumentException("the table knows no other command than skip: " + action);
                }
            }
            return SKIPPED;
        }
    }
}
