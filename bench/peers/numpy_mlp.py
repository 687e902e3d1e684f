# 784-500-10 by hand in numpy, batch 100.  numpy_mlp.py [STEPS]; threads by OPENBLAS_NUM_THREADS
import sys
import time
import numpy as np

STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 300
rng = np.random.RandomState(0)
X = rng.randn(1000, 784).astype(np.float32)
Y = np.eye(10, dtype=np.float32)[rng.randint(0, 10, 1000)]
w1 = (rng.randn(784, 500) * 0.1).astype(np.float32)
b1 = np.full(500, 0.1, np.float32)
w2 = (rng.randn(500, 10) * 0.1).astype(np.float32)
b2 = np.full(10, 0.1, np.float32)
rate = np.float32(0.1)


def step(i):
    s = i % 10 * 100
    x, y = X[s:s + 100], Y[s:s + 100]
    h = np.maximum(x @ w1 + b1, 0)
    z = h @ w2 + b2
    e = np.exp(z - z.max(axis=1, keepdims=True))
    d = (e / e.sum(axis=1, keepdims=True) - y) / np.float32(100)
    dh = (d @ w2.T) * (h > 0)
    for v, g in ((w2, h.T @ d), (b2, d.sum(axis=0)), (w1, x.T @ dh), (b1, dh.sum(axis=0))):
        v -= rate * g


rates = []
for part in range(4):
    began = time.perf_counter()
    for i in range(STEPS):
        step(i)
    rates.append(STEPS / (time.perf_counter() - began))
print('steps/s %.1f' % max(rates[1:]))
