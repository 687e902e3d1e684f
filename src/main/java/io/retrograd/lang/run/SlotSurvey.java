package io.retrograd.lang.run;

import java.util.BitSet;

/**
 * Looks through what is about to become bytecode: which variables it uses, which of them hold numbers, and which
 * have to stay in the frame because a node without bytecode of its own touches them.
 */
final class SlotSurvey {
    private final BitSet inFrame = new BitSet();
    private final BitSet numeric = new BitSet();
    private final BitSet used = new BitSet();
    private final BitSet cells = new BitSet();
    private final BitSet growing = new BitSet();
    private final BitSet cleared = new BitSet();
    private final Stmt whole;
    private final boolean loopsApart;
    private boolean needsFrame;
    private boolean pausesInNodes;

    /**
     * @param whole the loop that is the whole of it; null for a function
     * @param loopsApart whether the other loops stay nodes, with bytecode of their own
     */
    SlotSurvey(Stmt whole, boolean loopsApart) {
        this.whole = whole;
        this.loopsApart = loopsApart;
    }

    /** Whether the statement is a loop that stays a node. */
    boolean isApart(Stmt s) {
        return loopsApart && s != whole && s instanceof Loops.Loop;
    }

    /** Whether a node without bytecode will be run, which needs a frame. */
    boolean needsFrame() {
        return needsFrame;
    }

    /** Whether such a node holds a {@code yield}: then a generator has to run as nodes. */
    boolean pausesInNodes() {
        return pausesInNodes;
    }

    /** The variables that may live outside of the frame. */
    BitSet free() {
        BitSet all = (BitSet) used.clone();
        all.andNot(inFrame);
        return all;
    }

    boolean isNumeric(int slot) {
        return numeric.get(slot);
    }

    /** Whether the slot holds a cell, shared with inner functions. */
    boolean isCell(int slot) {
        return cells.get(slot);
    }

    /** Whether something is added to the variable, so that it may be a text that grows. */
    boolean grows(int slot) {
        return growing.get(slot);
    }

    /** Whether the variable loses its value somewhere: it names an exception. */
    boolean isCleared(int slot) {
        return cleared.get(slot);
    }

    void use(int slot) {
        used.set(slot);
    }

    void cell(int slot) {
        used.set(slot);
        cells.set(slot);
    }

    private void fallback(Object node) {
        needsFrame = true;
        inFrame.or(SlotUse.of(node));
        pausesInNodes |= SlotUse.pauses(node);
    }

    // Statements

    void statement(Stmt s) {
        if (isApart(s)) {
            fallback(s);
        } else if (s instanceof Control.Block x) {
            statements(x.statements);
        } else if (s instanceof Control.Return x) {
            expression(x.value);
        } else if (s instanceof Control.Evaluate x) {
            expression(x.value);
        } else if (s instanceof Control.AssignLocal x) {
            use(x.slot);
            expression(x.value);
        } else if (s instanceof Control.Assign x) {
            expression(x.value);
            target(x.target);
        } else if (s instanceof Control.AssignAll x) {
            expression(x.value);
            targets(x.targets);
        } else if (s instanceof Control.AugmentName x) {
            number(x.read);
            number(x.value);
            target(x.target);
            if (x.read instanceof Variables.Local local && x.grows()) {
                growing.set(local.slot);
            }
        } else if (s instanceof Control.AugmentItem x) {
            expression(x.object);
            number(x.index);
            number(x.value);
        } else if (s instanceof Control.AugmentAttribute x) {
            expression(x.read.object);
            number(x.value);
        } else if (s instanceof Control.If x) {
            expressions(x.tests);
            statements(x.bodies);
            statement(x.orElse);
        } else if (s instanceof Loops.While x) {
            expression(x.test);
            statement(x.body);
            statement(x.orElse);
        } else if (s instanceof Loops.For x) {
            expression(x.iterable);
            loopTarget(x.target, x.iterable);
            statement(x.body);
            statement(x.orElse);
        } else if (!(s instanceof Control.Pass || s instanceof Control.Break || s instanceof Control.Continue)) {
            rarer(s);
        }
    }

    private void rarer(Stmt s) {
        if (s instanceof Exceptions.Raise x) {
            if (x.exception != null) {
                expression(x.exception);
            }
            if (x.cause != null) {
                expression(x.cause);
            }
        } else if (s instanceof Exceptions.Try x && ExceptionBytecode.isPossible(x.handlers)) {
            statement(x.body);
            handlers(x.handlers);
            statement(x.orElse);
        } else if (s instanceof Exceptions.Finally x) {
            statement(x.body);
            statement(x.last);
        } else if (s instanceof Exceptions.With x) {
            expression(x.context);
            if (x.target != null) {
                target(x.target);
            }
            statement(x.body);
        } else if (s instanceof Control.Assert x) {
            expression(x.test);
            if (x.message != null) {
                expression(x.message);
            }
        } else if (s instanceof Generators.Block x) {
            statements(x.statements);
        } else if (s instanceof Generators.If x) {
            expressions(x.tests);
            statements(x.bodies);
        } else if (s instanceof Generators.While x) {
            expression(x.test);
            statement(x.body);
            statement(x.orElse);
        } else if (s instanceof Generators.For x) {
            expression(x.iterable);
            loopTarget(x.target, x.iterable);
            statement(x.body);
            statement(x.orElse);
        } else if (s instanceof Generators.YieldStatement x) {
            expression(x.value);
            if (x.target != null) {
                target(x.target);
            }
        } else if (s instanceof Generators.Delegate x) {
            expression(x.from.iterable);
            if (x.target != null) {
                target(x.target);
            }
        } else {
            fallback(s);
        }
    }

    private void handlers(Exceptions.Handler[] handlers) {
        for (Exceptions.Handler handler : handlers) {
            if (handler.type != null) {
                expression(handler.type);
            }
            if (handler.target != null) {
                target(handler.target);
                if (handler.target instanceof Targets.Local local) {
                    cleared.set(local.slot);
                }
            }
            statement(handler.body);
        }
    }

    private void statements(Stmt[] all) {
        for (Stmt each : all) {
            statement(each);
        }
    }

    private void loopTarget(Target target, Expr iterable) {
        target(target);
        if (target instanceof Targets.Local local && LoopBytecode.isRange(iterable)) {
            numeric.set(local.slot);
        }
    }

    // Targets

    private void target(Target t) {
        if (t instanceof Targets.Local x) {
            use(x.slot);
        } else if (t instanceof Targets.Boxed x) {
            cell(x.slot);
        } else if (t instanceof Targets.Attribute x) {
            expression(x.object);
        } else if (t instanceof Targets.Item x) {
            expression(x.object);
            number(x.index);
        } else if (t instanceof Targets.Unpack x) {
            targets(x.parts);
        } else if (!(t instanceof Targets.Global || t instanceof Targets.Free)) {
            fallback(t);
        }
    }

    private void targets(Target[] all) {
        for (Target each : all) {
            target(each);
        }
    }

    // Expressions

    private void number(Expr x) {
        if (x instanceof Variables.Local local) {
            numeric.set(local.slot);
        }
        expression(x);
    }

    private void expressions(Expr[] all) {
        for (Expr each : all) {
            expression(each);
        }
    }

    private void expression(Expr x) {
        if (x instanceof Variables.Local local) {
            use(local.slot);
        } else if (x instanceof Variables.Boxed boxed) {
            cell(boxed.slot);
        } else if (x instanceof Operators.Binary b) {
            number(b.left);
            number(b.right);
        } else if (x instanceof Operators.Compare c) {
            compared(c);
        } else if (x instanceof Operators.Unary u) {
            number(u.operand);
        } else if (x instanceof Operators.Not n) {
            expression(n.operand);
        } else if (x instanceof Operators.And a) {
            expressions(a.operands);
        } else if (x instanceof Operators.Or o) {
            expressions(o.operands);
        } else if (x instanceof Operators.Conditional c) {
            expression(c.test);
            expression(c.body);
            expression(c.orElse);
        } else if (x instanceof Access.Item i) {
            expression(i.object);
            number(i.index);
        } else if (x instanceof Access.Attribute a) {
            expression(a.object);
        } else if (x instanceof Calls.Call c) {
            expression(c.function);
            expressions(c.arguments);
        } else if (x instanceof Calls.MethodCall c) {
            expression(c.object);
            expressions(c.arguments);
        } else {
            rarer(x);
        }
    }

    private void compared(Operators.Compare c) {
        boolean ordered = switch (c.op) {
            case IN, NOT_IN, IS, IS_NOT -> false;
            default -> true;
        };
        if (ordered) {
            number(c.left);
            number(c.right);
        } else {
            expression(c.left);
            expression(c.right);
        }
    }

    private void rarer(Expr x) {
        if (x instanceof Operators.Chain c) {
            number(c.first);
            for (Expr each : c.rest) {
                number(each);
            }
        } else if (x instanceof Operators.Tail t) {
            expressions(t.parts);
        } else if (x instanceof Literals.ListDisplay d && !d.spread) {
            expressions(d.parts);
        } else if (x instanceof Literals.TupleDisplay d && !d.spread) {
            expressions(d.parts);
        } else if (x instanceof Literals.SetDisplay d && !Literals.anySpread(d.parts)) {
            expressions(d.parts);
        } else if (x instanceof Literals.DictDisplay d && d.isPlain()) {
            expressions(d.keys);
            expressions(d.values);
        } else if (x instanceof Literals.Slice s) {
            expression(s.lower);
            expression(s.upper);
            expression(s.step);
        } else if (x instanceof Literals.FormattedString s) {
            parts(s.parts);
        } else if (x instanceof Definitions.MakeFunction d) {
            for (Expr each : d.defaults) {
                if (each != null) {
                    expression(each);
                }
            }
            captures(d.captures);
        } else if (x instanceof Functions.GeneratorExpression g) {
            expression(g.first);
            captures(g.captures);
        } else if (x instanceof SpreadCall c) {
            expression(c.function);
            for (Expr argument : c.arguments) {
                expression(argument instanceof Literals.Spread s ? s.value : argument);
            }
            expressions(c.wordValues);
        } else if (x instanceof Calls.SuperCall c) {
            expression(c.function);
            expression(c.owner);
            expression(c.self);
        } else if (x instanceof Comprehensions.Comprehension c) {
            comprehension(c);
        } else if (!(x instanceof Literals.Constant || x instanceof Variables.Global || x instanceof Variables.Free)) {
            fallback(x);
        }
    }

    private void parts(Literals.Part[] parts) {
        for (Literals.Part part : parts) {
            if (part instanceof Literals.Field field) {
                expression(field.value());
                parts(field.format());
            }
        }
    }

    private void captures(Definitions.Captures captures) {
        for (int i = 0; i < captures.at().length; i++) {
            if (captures.own()[i]) {
                cell(captures.at()[i]);
            }
        }
    }

    private void comprehension(Comprehensions.Comprehension c) {
        for (int slot : c.freshCells) {
            cell(slot);
        }
        for (Comprehensions.Clause clause : c.clauses) {
            expression(clause.iterable());
            loopTarget(clause.target(), clause.iterable());
            expressions(clause.conditions());
        }
        if (c instanceof Comprehensions.ListComp x) {
            expression(x.element);
        } else if (c instanceof Comprehensions.SetComp x) {
            expression(x.element);
        } else if (c instanceof Comprehensions.DictComp x) {
            expression(x.key);
            expression(x.value);
        }
    }
}
