# numpy as teaching scripts use it, small arrays in loops, timed as bench/interpreter.py times its tasks:
#   nn bench/arrays.py [SECONDS [TASK …]]        python3 bench/arrays.py [SECONDS [TASK …]]
import sys
import time

import numpy as np

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0


def elements_read():
    a = np.arange(900.0).reshape(30, 30)
    s = 0.0
    for i in range(30):
        for j in range(30):
            s += a[i, j]
    return s


def elements_read_twice():
    a = np.arange(900.0).reshape(30, 30)
    s = 0.0
    for i in range(30):
        for j in range(30):
            s += a[i][j]
    return s


def elements_written():
    a = np.zeros((30, 30))
    for i in range(30):
        for j in range(30):
            a[i, j] = i * j
            a[i, j] += 1
    return a


def vector_elements():
    x = np.zeros(500)
    for i in range(1, 500):
        x[i] = x[i - 1] * 0.9 + i
    n = 0
    for v in x:
        if v > 100:
            n += 1
    return n


def game_of_life():
    g = np.zeros((16, 16), dtype=int)
    g[1, 2] = g[2, 3] = g[3, 1] = g[3, 2] = g[3, 3] = 1
    for k in range(2):
        h = g.copy()
        for i in range(1, 15):
            for j in range(1, 15):
                n = g[i - 1:i + 2, j - 1:j + 2].sum() - g[i, j]
                if g[i, j] == 1 and (n < 2 or n > 3):
                    h[i, j] = 0
                elif n == 3:
                    h[i, j] = 1
        g = h
    return g.sum()


def small_vectors():
    a = np.array([1.0, 2.0, 3.0])
    b = np.array([0.5, -1.0, 2.0])
    s = 0.0
    for i in range(500):
        c = a + b * 2 - 1
        s += c[0]
        a = a * 0.99 + 0.01
    return s


def small_dots():
    w = np.array([0.1, 0.2, 0.3])
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    s = 0.0
    for i in range(300):
        s += np.dot(w, x[i % 3]) + x.dot(w)[0] + np.dot(x, x)[1, 1] + (x @ w)[2]
    return s


def perceptron():
    data = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    labels = np.array([0, 1, 1, 1])
    w = np.zeros(3)
    for epoch in range(40):
        for x, t in zip(data, labels):
            y = 1 if np.dot(w, x) > 0 else 0
            w += 0.1 * (t - y) * x
    return w


def two_layers():
    np.random.seed(1)
    x = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    y = np.array([[0, 1, 1, 0]]).T
    a = 2 * np.random.random((3, 4)) - 1
    b = 2 * np.random.random((4, 1)) - 1
    for i in range(80):
        h = 1 / (1 + np.exp(-np.dot(x, a)))
        o = 1 / (1 + np.exp(-np.dot(h, b)))
        do = (y - o) * (o * (1 - o))
        dh = do.dot(b.T) * (h * (1 - h))
        b += h.T.dot(do)
        a += x.T.dot(dh)
    return o


def recurrent():
    np.random.seed(2)
    u, w = np.random.randn(8, 5) * 0.1, np.random.randn(8, 8) * 0.1
    h = np.zeros((8, 1))
    for i in range(150):
        x = np.zeros((5, 1))
        x[i % 5] = 1
        h = np.tanh(np.dot(u, x) + np.dot(w, h))
        p = np.exp(h) / np.sum(np.exp(h))
    return p


def building():
    n = 0
    for i in range(300):
        a = np.array([i, i + 1, i + 2])
        b = np.array([[1.0, i], [i, 2.0]])
        c = np.zeros((2, 3))
        n += a.shape[0] + b.size + len(c) + np.ones(4).sum()
    return n


def appending():
    x = np.array([])
    rows = []
    for i in range(150):
        x = np.append(x, i)
        rows.append(np.array([i, i * 2]))
    return np.array(rows).sum() + np.concatenate(rows).sum() + np.vstack(rows).sum() + x.sum()


def reductions():
    x = np.arange(20.0).reshape(4, 5)
    s = 0.0
    for i in range(150):
        s += x.sum() + x.mean() + np.max(x) + x.min() + np.argmax(x) + x.std() + np.sum(x, axis=0)[1] + np.mean(x, axis=1)[2]
    return s


def numpy_scalars():
    x = np.float64(0.5)
    y = np.float32(1.5)
    k = np.int64(3)
    s = 0.0
    for i in range(500):
        x = x * 0.999 + 0.001
        s += x * y + k * i + float(x) + int(k) + np.sqrt(x) + np.exp(x) + abs(x)
    return s


def masks():
    x = np.arange(50) - 25
    s = 0
    for i in range(200):
        s += x[x > i % 20].sum() + np.where(x > 0, x, 0).sum() + (x == 3).any() + np.sum(x % 2 == 0)
    return s


def batches():
    x = np.arange(2000.0).reshape(200, 10)
    s = 0.0
    for epoch in range(10):
        order = np.random.permutation(200)
        for start in range(0, 200, 20):
            batch = x[order[start:start + 20]]
            part = x[start:start + 20]
            s += batch[0, 0] + part[:, 1].sum() + part[-1][2]
    return s


def one_hot():
    labels = np.array([3, 1, 4, 1, 5, 9, 2, 6])
    n = 0
    for i in range(100):
        y = np.zeros((labels.size, 10))
        y[np.arange(labels.size), labels] = 1
        n += y.argmax(axis=1)[3] + np.eye(10)[labels].shape[1]
        for k, v in enumerate(labels):
            y[k, v] = 2
    return n


def distances():
    p = np.array([[(i * 7919 % 101) / 10, (i * 31 % 97) / 10] for i in range(25)])
    s = 0.0
    for i in range(len(p)):
        for j in range(i):
            s += np.sqrt(np.sum((p[i] - p[j]) ** 2)) + np.linalg.norm(p[i] - p[j])
    return s


def random_draws():
    np.random.seed(5)
    s = 0.0
    for i in range(300):
        s += np.random.rand() + np.random.randn() + np.random.randint(10) + np.random.uniform(-1, 1) + np.random.choice(5)
        s += np.random.rand(3)[0] + np.random.normal(0, 1, 2)[1]
    return s


def linspace_functions():
    s = 0.0
    for i in range(100):
        x = np.linspace(0, 1, 20)
        y = np.sin(2 * np.pi * x) + np.cos(x) ** 2 + np.log(x + 1) + np.maximum(x, 0.5) + np.clip(x, 0.2, 0.8)
        s += y[3] + np.abs(y).max() + x.reshape(4, 5).T[2, 1] + len(x.tolist()) + round(y[4], 3)
    return s


def printing():
    a = np.arange(6.0).reshape(2, 3) / 7
    n = 0
    for i in range(30):
        n += len(str(a)) + len(repr(a[0])) + len('%.3f' % a[1, 2]) + len(str(a[0, 1])) + len(f'{a[1, 1]:.2f}')
    return n


def gradient_descent():
    x = np.linspace(-1, 1, 50)
    y = 3 * x + 2
    w = b = 0.0
    for i in range(100):
        p = w * x + b
        w -= 0.1 * np.mean((p - y) * x)
        b -= 0.1 * (p - y).mean()
        loss = ((p - y) ** 2).mean()
    return w, b, loss


def q_learning():
    q = np.zeros((16, 4))
    np.random.seed(0)
    s = 0
    for i in range(300):
        a = np.argmax(q[s]) if np.random.rand() > 0.1 else np.random.randint(4)
        n = (s + a + 1) % 16
        q[s, a] = q[s, a] + 0.1 * ((1.0 if n == 15 else 0.0) + 0.9 * np.max(q[n, :]) - q[s, a])
        s = n
    return q[14]


def numpy_scalar_loops():
    a = np.arange(500, dtype=float)
    s = 0.0
    for i in range(len(a)):
        s += a[i] * 2
        if a[i] > 250:
            a[i] -= 1
    return s


def numpy_matrix_elements():
    m = np.zeros((20, 20))
    for i in range(20):
        for j in range(20):
            m[i, j] = i * j
            m[i][j] += 1
    return m.sum() + m[3, 4]


def numpy_small_arrays():
    w = np.array([0.5, -0.2, 0.1])
    xs = np.array([[1.0, 0.5, 2.0], [0.0, 1.0, -1.0], [2.0, 2.0, 0.5]])
    y = np.array([1.0, 0.0, 1.0])
    for i in range(60):
        p = 1 / (1 + np.exp(-np.dot(xs, w)))
        w = w - 0.1 * np.dot(xs.T, p - y) / 3
    return w


TASKS = [value for name, value in list(globals().items()) if callable(value) and type(value) is type(masks)]

for task in TASKS:
    if len(sys.argv) > 2 and task.__name__ not in sys.argv[2:]:
        continue
    times = []
    began = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - began < SECONDS:
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    print('%-20s %.6f %.6f' % (task.__name__, min(times[len(times) // 2:]), times[0]))
