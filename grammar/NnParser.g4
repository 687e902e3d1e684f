/*
 * How words make a script: a dialect of Python 3 with what Python 2 scripts need.
 *
 * The rules are written so that one word of look-ahead nearly always decides, which keeps the parser quick from its first line
 * on. Where Python is narrower than a rule (what may be assigned to, the order of arguments), the classes StatementBuilder and
 * ExpressionBuilder, which make our own tree of the result, check it: they know better words for the error.
 */
parser grammar NnParser;

options {
    tokenVocab = NnLexer;
    superClass = BoundedParser;
    contextSuperClass = LeanRule;
}

// ---- A script, and the expression inside a field of an f-string ----

script: statement* EOF;

field: (yielding | elements) EOF;

// ---- Statements that have blocks ----

statement
    : simpleLine
    | ifStatement
    | whileStatement
    | forStatement
    | tryStatement
    | withStatement
    | definition
    ;

block
    : simpleLine
    | NEWLINE INDENT statement+ DEDENT
    ;

simpleLine: simpleStatement (';' simpleStatement)* ';'? NEWLINE;

ifStatement: 'if' test ':' block elifClause* elseClause?;

elifClause: 'elif' test ':' block;

elseClause: 'else' ':' block;

whileStatement: 'while' test ':' block elseClause?;

forStatement: 'for' targets 'in' values ':' block elseClause?;

tryStatement: 'try' ':' block (exceptClause+ elseClause? finallyClause? | finallyClause);

// "except E, e" is Python 2's spelling of "except E as e".
exceptClause: 'except' (expression (('as' | ',') target)?)? ':' block;

finallyClause: 'finally' ':' block;

withStatement: 'with' ('(' withItem (',' withItem)* ','? ')' | withItem (',' withItem)*) ':' block;

withItem: expression ('as' target)?;

definition: decorator* (functionDefinition | classDefinition);

decorator: '@' test NEWLINE;

functionDefinition: 'def' NAME '(' parameters? ')' ('->' expression)? ':' block;

parameters: parameter (',' parameter)* ','?;

// "(a, b)" as a parameter is Python 2's.
parameter
    : NAME (':' expression)? ('=' expression)?
    | '*' (NAME (':' expression)?)?
    | '**' NAME (':' expression)?
    | '/'
    | '(' targets ')' ('=' expression)?
    ;

classDefinition: 'class' NAME ('(' arguments? ')')? ':' block;

// ---- Statements on a line ----

simpleStatement
    : expressionStatement
    | passStatement
    | breakStatement
    | continueStatement
    | returnStatement
    | raiseStatement
    | importStatement
    | fromStatement
    | globalStatement
    | nonlocalStatement
    | deleteStatement
    | assertStatement
    | printStatement
    ;

// A value alone, an augmented assignment, an annotated name, or assignments from left to right.
expressionStatement: right (AUGMENTED right | ':' expression ('=' right)? | ('=' right)*);

right: yielding | values;

passStatement: 'pass';

breakStatement: 'break';

continueStatement: 'continue';

returnStatement: 'return' values?;

// "raise E, value, traceback" is Python 2's.
raiseStatement: 'raise' (expression ('from' expression | ',' expression (',' expression)?)?)?;

importStatement: 'import' module (',' module)*;

module: dottedName ('as' NAME)?;

fromStatement: 'from' ('.' | '...')* dottedName? 'import' ('*' | '(' imported (',' imported)* ','? ')' | imported (',' imported)*);

imported: NAME ('as' NAME)?;

dottedName: NAME ('.' NAME)*;

globalStatement: 'global' NAME (',' NAME)*;

nonlocalStatement: 'nonlocal' NAME (',' NAME)*;

deleteStatement: 'del' values;

assertStatement: 'assert' expression (',' expression)?;

// Python 2 only: the token source makes PRINT of the name print there.
printStatement: PRINT ('>>' expression (',' expression)* ','? | expression (',' expression)* ','?)?;

// ---- Expressions ----

// One value, or several that make a tuple.
values: value (',' value)* ','?;

value: expression | '*' operation;

// The same inside brackets, where names may be bound on the way.
elements: element (',' element)* ','?;

element: test | '*' operation;

test: expression (':=' expression)?;

expression
    : operation ('if' operation 'else' expression)?
    | 'lambda' lambdaParameters? ':' expression
    ;

yielding: 'yield' ('from' expression | values)?;

lambdaParameters: lambdaParameter (',' lambdaParameter)* ','?;

lambdaParameter
    : NAME ('=' expression)?
    | '*' NAME?
    | '**' NAME
    | '/'
    | '(' targets ')' ('=' expression)?
    ;

// Operands and operators as they stand in the line. Which binds tighter is not said here but in the class Precedence, one row for
// each level, loosest first:
//     or;  and;  not;  in, is, <, == …;  |;  ^;  &;  <<, >>;  +, -;  *, @, /, //, %;  -x, +x, ~x;  **
operation: prefix* primary (operator prefix* primary)*;

prefix: 'not' | '-' | '+' | '~';

operator
    : 'or' | 'and'
    | 'in' | 'not' 'in' | 'is' | '<' | '>' | '<=' | '>=' | '==' | NOT_EQUAL
    | '|' | '^' | '&' | '<<' | '>>'
    | '+' | '-' | '*' | '@' | '/' | '//' | '%' | '**'
    ;

// What "for", "with … as" and "except … as" bind: no operators, so that "in" is left to them.
targets: target (',' target)* ','?;

target: '*'? primary;

primary: atom trailer*;

trailer
    : '.' NAME
    | '(' arguments? ')'
    | '[' subscript (',' subscript)* ','? ']'
    ;

arguments: argument (',' argument)* ','?;

argument
    : expression (':=' expression | '=' expression | comprehension)?
    | '*' expression
    | '**' expression
    ;

subscript: element slice? | slice;

slice: ':' expression? (':' expression?)?;

atom
    : NAME
    | NUMBER
    | STRING+
    | 'None'
    | 'True'
    | 'False'
    | '...'
    | group
    | list
    | dictionary
    | backquoted
    ;

// "(a)", a tuple or a generator.
group: '(' (yielding | element (comprehension | (',' element)* ','?))? ')';

list: '[' (element (comprehension | (',' element)* ','?))? ']';

// A dictionary or a set.
dictionary: '{' (entry (comprehension | (',' entry)* ','?))? '}';

entry: test (':' expression)? | '*' operation | '**' operation;

comprehension: clause+;

clause: 'for' targets 'in' operation ('if' operation)*;

// Python 2's repr.
backquoted: '`' values '`';
