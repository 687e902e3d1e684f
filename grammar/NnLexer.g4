/*
 * The words of the language.
 *
 * This grammar cuts the text into words; NnParser.g4 says how words make a script. Three things that look like the
 * lexer's business are done by the class IndentingTokenSource, which stands between the two:
 *   - INDENT and DEDENT, made from the white space at the start of lines, and which line ends count as NEWLINE;
 *   - brackets that do not match;
 *   - PRINT, which is the NAME print in a Python 2 script.
 * The stream that feeds this lexer (SourceStream) shows every character beyond ASCII as \u007F, so that the rules stay
 * small; a NAME made of them is checked against Unicode afterwards.
 */
lexer grammar NnLexer;

tokens { INDENT, DEDENT, PRINT }

// ---- Keywords ----

AND: 'and';
AS: 'as';
ASSERT: 'assert';
BREAK: 'break';
CLASS: 'class';
CONTINUE: 'continue';
DEF: 'def';
DEL: 'del';
ELIF: 'elif';
ELSE: 'else';
EXCEPT: 'except';
FALSE: 'False';
FINALLY: 'finally';
FOR: 'for';
FROM: 'from';
GLOBAL: 'global';
IF: 'if';
IMPORT: 'import';
IN: 'in';
IS: 'is';
LAMBDA: 'lambda';
NONE: 'None';
NONLOCAL: 'nonlocal';
NOT: 'not';
OR: 'or';
PASS: 'pass';
RAISE: 'raise';
RETURN: 'return';
TRUE: 'True';
TRY: 'try';
WHILE: 'while';
WITH: 'with';
YIELD: 'yield';

// ---- Names and literals ----

NAME: LETTER (LETTER | [0-9])*;

// One word for all numbers; the class Numbers reads them and knows which are Python 2's (10L, 0777).
NUMBER
    : '0' [xX] ('_'? [0-9a-fA-F])+ [lL]?
    | '0' [oO] ('_'? [0-7])+ [lL]?
    | '0' [bB] ('_'? [01])+ [lL]?
    | DIGITS [lL]?
    | (DIGITS EXPONENT | DIGITS? '.' DIGITS EXPONENT? | DIGITS '.' EXPONENT?) [jJ]?
    | DIGITS [jJ]
    ;

// One piece of text with its prefix and quotes, as written; the class Strings reads it.
STRING
    : PREFIX? '\'' ('\\' (LINE_END | ~[\r\n]) | ~['\\\r\n])* '\''
    | PREFIX? '"' ('\\' (LINE_END | ~[\r\n]) | ~["\\\r\n])* '"'
    | PREFIX? '\'\'\'' ('\\' . | '\'' '\''? ('\\' . | ~['\\]) | ~['\\])* '\'\'\''
    | PREFIX? '"""' ('\\' . | '"' '"'? ('\\' . | ~["\\]) | ~["\\])* '"""'
    ;

// The opening of a text that never closes: where STRING fails, this matches, and is an error.
UNCLOSED_STRING: PREFIX? ('\'\'\'' | '"""' | '\'' | '"');

// ---- Operators and punctuation ----

PLUS: '+';
MINUS: '-';
STAR: '*';
POWER: '**';
SLASH: '/';
DOUBLE_SLASH: '//';
PERCENT: '%';
AT: '@';
LEFT_SHIFT: '<<';
RIGHT_SHIFT: '>>';
AMPERSAND: '&';
BAR: '|';
CARET: '^';
TILDE: '~';
LESS: '<';
GREATER: '>';
LESS_EQUAL: '<=';
GREATER_EQUAL: '>=';
EQUAL: '==';
NOT_EQUAL: '!=' | '<>';

ASSIGN: '=';
WALRUS: ':=';
AUGMENTED: '+=' | '-=' | '*=' | '**=' | '/=' | '//=' | '%=' | '@=' | '<<=' | '>>=' | '&=' | '|=' | '^=';
ARROW: '->';

LEFT_PARENTHESIS: '(';
RIGHT_PARENTHESIS: ')';
LEFT_BRACKET: '[';
RIGHT_BRACKET: ']';
LEFT_BRACE: '{';
RIGHT_BRACE: '}';
COMMA: ',';
COLON: ':';
SEMICOLON: ';';
DOT: '.';
ELLIPSIS: '...';
BACKQUOTE: '`';

// ---- Between the words ----

NEWLINE: LINE_END;
SPACE: [ \t\f]+ -> skip;
COMMENT: '#' ~[\r\n]* -> skip;
JOINED_LINE: '\\' LINE_END -> skip;

// Anything else is an error that the token source words.
UNKNOWN: .;

fragment LETTER: [a-zA-Z_\u007F];
fragment DIGITS: [0-9] ('_'? [0-9])*;
fragment EXPONENT: [eE] [+-]? DIGITS;
fragment PREFIX: [rR] [bBfF]? | [bBfF] [rR]? | [uU] [rR]?;
fragment LINE_END: '\r'? '\n' | '\r';
