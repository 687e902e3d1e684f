# samples/backprop.nn written out by hand in numpy: 3000 steps, then STEPS more, timed.  numpy_two_layer.py [STEPS]
import sys
import time
import numpy as np

rng = np.random.RandomState(23455)
X = rng.rand(32, 2).astype(np.float32)
Y = (X.sum(axis=1, keepdims=True) < 1).astype(np.float32)
w1 = np.random.RandomState(1).randn(2, 3).astype(np.float32)
w2 = np.random.RandomState(2).randn(3, 1).astype(np.float32)
rate = np.float32(0.001)


def step(i):
    global w1, w2
    start = i * 8 % 32
    x = X[start:start + 8]
    a = x @ w1
    d = (a @ w2 - Y[start:start + 8]) * np.float32(2 / 8)
    g1 = x.T @ (d @ w2.T)
    w2 -= rate * (a.T @ d)
    w1 -= rate * g1


for i in range(3000):
    step(i)
    if i % 500 == 0:
        print('after %d steps, loss %g' % (i, np.mean((X @ w1 @ w2 - Y) ** 2)))
print(w1)
print(w2)
if len(sys.argv) > 1:
    n = int(sys.argv[1])
    began = time.perf_counter()
    for i in range(n):
        step(i)
    print('steps/s %.1f' % (n / (time.perf_counter() - began)))
