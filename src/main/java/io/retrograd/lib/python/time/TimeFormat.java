package io.retrograd.lib.python.time;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.StringText;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;

/** C's {@code strftime} and {@code strptime}, with English names whatever the locale is. */
final class TimeFormat {
    private static final String[] DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    private static final String[] MONTHS = {
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    };

    private TimeFormat() {}

    private static String pad(long v, int width, char fill) {
        String s = Long.toString(v);
        return String.valueOf(fill).repeat(Math.max(0, width - s.length())) + s;
    }

    static String format(String format, LocalDateTime t, String offset, String zone) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char code = format.charAt(++i);
            boolean bare = code == '-' && i + 1 < format.length();
            if (bare) {
                code = format.charAt(++i);
            }
            String part = part(code, t, offset, zone);
            out.append(bare ? withoutZeros(part) : part);
        }
        return out.toString();
    }

    private static String withoutZeros(String s) {
        int i = 0;
        while (i < s.length() - 1 && s.charAt(i) == '0') {
            i++;
        }
        return s.substring(i);
    }

    private static String part(char code, LocalDateTime t, String offset, String zone) {
        int day = t.getDayOfWeek().getValue() - 1;
        return switch (code) {
            case 'Y' -> pad(t.getYear(), 4, '0');
            case 'y' -> pad(t.getYear() % 100, 2, '0');
            case 'C' -> pad(t.getYear() / 100, 2, '0');
            case 'm' -> pad(t.getMonthValue(), 2, '0');
            case 'd' -> pad(t.getDayOfMonth(), 2, '0');
            case 'e' -> pad(t.getDayOfMonth(), 2, ' ');
            case 'H' -> pad(t.getHour(), 2, '0');
            case 'I' -> pad((t.getHour() + 11) % 12 + 1, 2, '0');
            case 'M' -> pad(t.getMinute(), 2, '0');
            case 'S' -> pad(t.getSecond(), 2, '0');
            case 'f' -> pad(t.getNano() / 1000, 6, '0');
            case 'j' -> pad(t.getDayOfYear(), 3, '0');
            case 'p' -> t.getHour() < 12 ? "AM" : "PM";
            case 'A' -> DAYS[day];
            case 'a' -> DAYS[day].substring(0, 3);
            case 'B' -> MONTHS[t.getMonthValue() - 1];
            case 'b', 'h' -> MONTHS[t.getMonthValue() - 1].substring(0, 3);
            case 'w' -> Integer.toString((day + 1) % 7);
            case 'u' -> Integer.toString(day + 1);
            case 'U' -> pad((t.getDayOfYear() + 6 - (day + 1) % 7) / 7, 2, '0');
            case 'W' -> pad((t.getDayOfYear() + 6 - day) / 7, 2, '0');
            case 'V' -> pad(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0');
            case 'G' -> pad(t.get(IsoFields.WEEK_BASED_YEAR), 4, '0');
            case 'D', 'x' -> format("%m/%d/%y", t, offset, zone);
            case 'T', 'X' -> format("%H:%M:%S", t, offset, zone);
            case 'F' -> format("%Y-%m-%d", t, offset, zone);
            case 'R' -> format("%H:%M", t, offset, zone);
            case 'r' -> format("%I:%M:%S %p", t, offset, zone);
            case 'c' -> format("%a %b %e %H:%M:%S %Y", t, offset, zone);
            case 's' -> Long.toString(t.atZone(TimeModule.zone()).toEpochSecond());
            case 'z' -> offset;
            case 'Z' -> zone;
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + code;
        };
    }

    /** Reads a text; ValueError if it does not match the format. */
    static LocalDateTime parse(String text, String format) {
        return new Reader(text, format).read();
    }

    /** One reading of a text by a format. */
    private static final class Reader {
        private final String text;
        private final String format;
        private int at;
        private int year = 1900;
        private int month = 1;
        private int day = 1;
        private int hour;
        private int minute;
        private int second;
        private int nano;
        private int half = -1;
        private int dayOfYear;

        Reader(String text, String format) {
            this.text = text;
            this.format = format;
        }

        private NnError mismatch() {
            return NnError.value("time data " + StringText.repr(text) + " does not match format " + StringText.repr(format));
        }

        LocalDateTime read() {
            read(format);
            if (at < text.length()) {
                throw NnError.value("unconverted data remains: " + text.substring(at));
            }
            if (half >= 0) {
                hour = hour % 12 + half * 12;
            }
            try {
                LocalDateTime t = LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59), nano);
                return dayOfYear > 0 ? t.withDayOfYear(dayOfYear) : t;
            } catch (DateTimeException e) {
                throw NnError.value("day is out of range for month");
            }
        }

        private void read(String part) {
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                if (Character.isWhitespace(c)) {
                    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                        at++;
                    }
                } else if (c == '%' && i + 1 < part.length()) {
                    field(part.charAt(++i));
                } else if (at < text.length() && text.charAt(at) == c) {
                    at++;
                } else {
                    throw mismatch();
                }
            }
        }

        private int number(int digits) {
            int start = at;
            while (at < text.length() && at - start < digits && Character.isDigit(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                throw mismatch();
            }
            return Integer.parseInt(text, start, at, 10);
        }

        private int name(String[] names) {
            for (int i = 0; i < names.length; i++) {
                if (text.regionMatches(true, at, names[i], 0, names[i].length())) {
                    at += names[i].length();
                    return i;
                }
            }
            for (int i = 0; i < names.length; i++) {
                if (text.regionMatches(true, at, names[i], 0, 3)) {
                    at += 3;
                    return i;
                }
            }
            throw mismatch();
        }

        private int half() {
            if (text.regionMatches(true, at, "AM", 0, 2) || text.regionMatches(true, at, "PM", 0, 2)) {
                at += 2;
                return Character.toUpperCase(text.charAt(at - 2)) == 'P' ? 1 : 0;
            }
            throw mismatch();
        }

        private void field(char code) {
            switch (code) {
                case 'Y' -> year = number(4);
                case 'y' -> {
                    int y = number(2);
                    year = y < 69 ? 2000 + y : 1900 + y;
                }
                case 'm' -> month = number(2);
                case 'd' -> day = number(2);
                case 'H', 'I' -> hour = number(2);
                case 'M' -> minute = number(2);
                case 'S' -> second = number(2);
                case 'f' -> {
                    int start = at;
                    int v = number(6);
                    for (int i = at - start; i < 9; i++) {
                        v *= 10;
                    }
                    nano = v;
                }
                case 'j' -> dayOfYear = number(3);
                case 'p' -> half = half();
                case 'A', 'a' -> name(DAYS);
                case 'B', 'b' -> month = name(MONTHS) + 1;
                case 'D', 'x' -> read("%m/%d/%y");
                case 'T', 'X' -> read("%H:%M:%S");
                case 'F' -> read("%Y-%m-%d");
                case 'c' -> read("%a %b %d %H:%M:%S %Y");
                case '%' -> {
                    if (at >= text.length() || text.charAt(at++) != '%') {
                        throw mismatch();
                    }
                }
                default -> throw NnError.value("'" + code + "' is a bad directive in format " + StringText.repr(format));
            }
        }
    }
}
