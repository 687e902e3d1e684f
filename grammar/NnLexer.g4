lexer grammar NnLexer;
NAME: [a-z]+;
