package io.retrograd.lang.parse;

import java.util.Map;

/** What Chinese keyboards and word processors put in place of Python's own punctuation. */
final class Lookalikes {
    private static final Map<Integer, String> HELP = Map.ofEntries(
            Map.entry((int) '，', "a full-width comma; write ,"),
            Map.entry((int) '、', "an enumeration comma; write ,"),
            Map.entry((int) '（', "a full-width parenthesis; write ("),
            Map.entry((int) '）', "a full-width parenthesis; write )"),
            Map.entry((int) '【', "a full-width bracket; write ["),
            Map.entry((int) '】', "a full-width bracket; write ]"),
            Map.entry((int) '［', "a full-width bracket; write ["),
            Map.entry((int) '］', "a full-width bracket; write ]"),
            Map.entry((int) '｛', "a full-width brace; write {"),
            Map.entry((int) '｝', "a full-width brace; write }"),
            Map.entry((int) '：', "a full-width colon; write :"),
            Map.entry((int) '；', "a full-width semicolon; write ;"),
            Map.entry((int) '。', "a full stop; write ."),
            Map.entry((int) '．', "a full-width dot; write ."),
            Map.entry((int) '＝', "a full-width equals sign; write ="),
            Map.entry((int) '＋', "a full-width plus sign; write +"),
            Map.entry((int) '－', "a full-width minus sign; write -"),
            Map.entry((int) '−', "a typographic minus sign; write -"),
            Map.entry((int) '–', "a dash; write -"),
            Map.entry((int) '—', "a dash; write -"),
            Map.entry((int) '＊', "a full-width asterisk; write *"),
            Map.entry((int) '×', "a multiplication sign; write *"),
            Map.entry((int) '÷', "a division sign; write /"),
            Map.entry((int) '／', "a full-width slash; write /"),
            Map.entry((int) '＜', "a full-width sign; write <"),
            Map.entry((int) '＞', "a full-width sign; write >"),
            Map.entry((int) '≤', "write <="),
            Map.entry((int) '≥', "write >="),
            Map.entry((int) '≠', "write !="),
            Map.entry((int) '＃', "a full-width number sign; write #"),
            Map.entry((int) '“', "a typographic quotation mark; write \""),
            Map.entry((int) '”', "a typographic quotation mark; write \""),
            Map.entry((int) '„', "a typographic quotation mark; write \""),
            Map.entry((int) '＂', "a full-width quotation mark; write \""),
            Map.entry((int) '‘', "a typographic quotation mark; write '"),
            Map.entry((int) '’', "a typographic quotation mark; write '"),
            Map.entry((int) '＇', "a full-width quotation mark; write '"),
            Map.entry((int) '…', "an ellipsis; write ..."));

    private Lookalikes() {}

    /** What to write instead of a character; empty where it resembles nothing. */
    static String help(int character) {
        return HELP.getOrDefault(character, "");
    }
}
