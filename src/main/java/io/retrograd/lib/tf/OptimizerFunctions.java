package io.retrograd.lib.tf;

import io.retrograd.graph.Operand;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.train.AdamOptimizer;
import io.retrograd.train.GradientDescentOptimizer;
import io.retrograd.train.MomentumOptimizer;
import io.retrograd.train.Rules;
import java.util.LinkedHashMap;
import java.util.Map;

/** The optimizers of tf.train, and as words of the short language: {@code adam(0.001)}. */
final class OptimizerFunctions {
    private OptimizerFunctions() {}

    private static Operand operand(Machine m, Object value) {
        return Operands.of(m, value);
    }

    @Builtin(
            value = {"train.GradientDescentOptimizer", "words.gradient_descent", "words.sgd"},
            signature = "learning_rate, use_locking=False, name='GradientDescent'",
            doc = "Plain gradient descent: w -= learning_rate * gradient.",
            example = "tf.train.GradientDescentOptimizer(0.01).minimize(loss)")
    static Object gradientDescent(Machine m, Object rate, boolean locking, String name) {
        return new OptimizerValue(new GradientDescentOptimizer(operand(m, rate), locking, name));
    }

    @Builtin(
            value = {"train.MomentumOptimizer", "words.momentum"},
            signature = "learning_rate, momentum, use_locking=False, name='Momentum', use_nesterov=False",
            doc = "Momentum: a = momentum * a + gradient; w -= learning_rate * a.")
    static Object momentum(Machine m, Object rate, Object momentum, boolean locking, String name, boolean nesterov) {
        return new OptimizerValue(new MomentumOptimizer(operand(m, rate), operand(m, momentum), locking, name, nesterov));
    }

    @Builtin(
            value = {"train.AdamOptimizer", "words.adam"},
            signature = "learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-08, use_locking=False, name='Adam'",
            doc = "Adam: steps scaled by running means of the gradient and its square.")
    static Object adam(
            Machine m, Object rate, Object beta1, Object beta2, Object epsilon, boolean locking, String name) {
        return new OptimizerValue(new AdamOptimizer(
                operand(m, rate),
                operand(m, beta1),
                operand(m, beta2),
                operand(m, epsilon),
                Semantics.real(m, beta1),
                Semantics.real(m, beta2),
                locking,
                name));
    }

    @Builtin(
            value = {"train.AdagradOptimizer", "words.adagrad"},
            signature = "learning_rate, initial_accumulator_value=0.1, use_locking=False, name='Adagrad'",
            doc = "Adagrad: steps divided by the root of the sum of squared gradients.")
    static Object adagrad(Machine m, Object rate, double start, boolean locking, String name) {
        return new OptimizerValue(Rules.adagrad(operand(m, rate), start, locking, name));
    }

    @Builtin(
            value = {"train.AdadeltaOptimizer", "words.adadelta"},
            signature = "learning_rate=0.001, rho=0.95, epsilon=1e-08, use_locking=False, name='Adadelta'",
            doc = "Adadelta: steps in the units of the weights, from running means of squares.")
    static Object adadelta(Machine m, Object rate, Object rho, Object epsilon, boolean locking, String name) {
        return new OptimizerValue(
                Rules.adadelta(operand(m, rate), operand(m, rho), operand(m, epsilon), locking, name));
    }

    @Builtin(
            value = {"train.RMSPropOptimizer", "words.rmsprop"},
            signature = "learning_rate, decay=0.9, momentum=0.0, epsilon=1e-10, use_locking=False, centered=False, "
                    + "name='RMSProp'",
            doc = "RMSProp: steps divided by a running root mean square of the gradients.")
    static Object rmsProp(
            Machine m,
            Object rate,
            Object decay,
            Object momentum,
            Object epsilon,
            boolean locking,
            boolean centered,
            String name) {
        return new OptimizerValue(Rules.rmsProp(
                operand(m, rate), operand(m, decay), operand(m, momentum), operand(m, epsilon), locking, centered, name));
    }

    @Builtin(
            value = {"train.FtrlOptimizer", "words.ftrl"},
            signature = "learning_rate, learning_rate_power=-0.5, initial_accumulator_value=0.1, "
                    + "l1_regularization_strength=0.0, l2_regularization_strength=0.0, use_locking=False, name='Ftrl', "
                    + "accum_name=None, linear_name=None, l2_shrinkage_regularization_strength=0.0",
            doc = "Follow the regularized leader: sparse weights by L1.")
    static Object ftrl(
            Machine m,
            Object rate,
            double power,
            double start,
            double l1,
            double l2,
            boolean locking,
            String name,
            String accumulator,
            String linear,
            double shrinkage) {
        Map<String, Operand> hyper = new LinkedHashMap<>();
        hyper.put("learning_rate", operand(m, rate));
        hyper.put("l1_regularization_strength", operand(m, l1));
        hyper.put("l2_regularization_strength", operand(m, l2));
        hyper.put("l2_shrinkage_regularization_strength", operand(m, shrinkage));
        hyper.put("learning_rate_power", operand(m, power));
        return new OptimizerValue(
                Rules.ftrl(operand(m, rate), power, start, l1, l2, shrinkage, locking, name, hyper));
    }

    @Builtin(
            value = "train.ProximalGradientDescentOptimizer",
            signature = "learning_rate, l1_regularization_strength=0.0, l2_regularization_strength=0.0, use_locking=False, "
                    + "name='ProximalGradientDescent'",
            doc = "Gradient descent with a proximal step for L1 and L2.")
    static Object proximal(Machine m, Object rate, Object l1, Object l2, boolean locking, String name) {
        return new OptimizerValue(
                Rules.proximalGradientDescent(operand(m, rate), operand(m, l1), operand(m, l2), locking, name));
    }

    @Builtin(
            value = "train.ProximalAdagradOptimizer",
            signature = "learning_rate, initial_accumulator_value=0.1, l1_regularization_strength=0.0, "
                    + "l2_regularization_strength=0.0, use_locking=False, name='ProximalAdagrad'",
            doc = "Adagrad with a proximal step for L1 and L2.")
    static Object proximalAdagrad(
            Machine m, Object rate, double start, Object l1, Object l2, boolean locking, String name) {
        return new OptimizerValue(
                Rules.proximalAdagrad(operand(m, rate), start, operand(m, l1), operand(m, l2), locking, name));
    }

    @Builtin(
            value = {"train.RpropOptimizer", "words.rprop"},
            signature = "learning_rate=0.1, eta_minus=0.5, eta_plus=1.2, step_min=1e-06, step_max=50.0, use_locking=False, "
                    + "name='Rprop'",
            doc = "Resilient backpropagation (Riedmiller and Braun 1993): only the gradient's sign counts; learning_rate is the first step.")
    static Object rprop(
            Machine m,
            double start,
            Object shrink,
            Object grow,
            Object least,
            Object most,
            boolean locking,
            String name) {
        return new OptimizerValue(Rules.rprop(
                start, operand(m, shrink), operand(m, grow), operand(m, least), operand(m, most), locking, name));
    }
}
