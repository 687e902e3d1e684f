# What scripts do besides tensors, timed after warm-up: runs on Retrograd and on CPython alike.
#   nn bench/interpreter.py [ROUNDS]        python3 bench/interpreter.py [ROUNDS]
import sys
import time

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7


def loops():
    n = 0
    for i in range(300):
        for j in range(1000):
            n += i ^ j
    return n


def whiles():
    i = 0
    s = 0.0
    while i < 300000:
        s = s + i * 0.5
        i += 1
    return s


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def calls():
    return fib(22)


def arithmetic():
    a, b, c = 1.0, 2, 3
    for i in range(150000):
        a = (a * 1.000001 + b) / (1.0 + c) - i // 7 % 5
        b = (b * 31 + i) & 1023
        c = b ** 2 % 17
    return a


def lists():
    x = [0] * 1000
    for k in range(60):
        for i in range(1000):
            x[i] = x[i - 1] + k
        x.append(k)
        x.sort()
        y = x[10:500] + x[:10]
        y.reverse()
        x = y + x[500:1000]
        x = (x + x)[:1000]
    return sum(x)


def dicts():
    d = {}
    for k in range(40):
        for i in range(2000):
            key = i % 500
            d[key] = d.get(key, 0) + i
    t = 0
    for key, value in d.items():
        t += key * value
    return t


def text_keys():
    counts = {}
    for k in range(40):
        for word in 'the quick brown fox jumps over the lazy dog and the cat'.split():
            for letter in word:
                counts[letter] = counts.get(letter, 0) + 1
    return len(counts)


def naturals(n):
    i = 0
    while i < n:
        yield i
        i += 1


def generators():
    s = 0
    for x in naturals(60000):
        s += x
    return s + sum(y * y for y in range(60000))


def strings():
    parts = []
    for i in range(20000):
        parts.append('step %d: %s' % (i, 'x' * (i % 7)))
    s = ', '.join(parts)
    t = ''
    for i in range(5000):
        t += str(i) + ';'
    u = '{} {:.3f}'.format(len(s), 3.14159)
    for i in range(5000):
        u = f'{i}-{i * 2}'
    return len(s.replace('step', 's').split(',')) + len(t) + len(u)


def comprehensions():
    s = 0
    for k in range(60):
        a = [i * 2 for i in range(1000)]
        b = [x for x in a if x % 3 == 0]
        c = {x: x + 1 for x in b}
        d = {x % 7 for x in b}
        s += len(b) + len(c) + len(d)
    return s


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def add(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def length(self):
        return abs(self.x) + abs(self.y)


def classes():
    p = Point(0, 0)
    q = Point(1, 2)
    s = 0
    for i in range(40000):
        p = p.add(q)
        s += p.length() % 3
    return s


def exceptions():
    n = 0
    for i in range(30000):
        try:
            if i % 3 == 0:
                raise ValueError(i)
            n += 1
        except ValueError:
            n += 2
    return n


def closures():
    def adder(k):
        return lambda x: x + k

    fs = [adder(k) for k in range(10)]
    s = 0
    for i in range(15000):
        for f in fs[:4]:
            s = f(s) % 1000003
    return s


def sorting():
    x = [(i * 7919) % 10007 for i in range(10000)]
    a = sorted(x, key=lambda v: -v)
    b = sorted((v % 100, v) for v in x)
    return a[0] + b[-1][1] + len(list(zip(a, b))) + max(map(lambda v: v + 1, x))


TASKS = [loops, whiles, calls, arithmetic, lists, dicts, text_keys, generators, strings, comprehensions, classes,
         exceptions, closures, sorting]

for task in TASKS:
    times = []
    for r in range(ROUNDS):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    # The best of the second half: by then a machine that compiles has compiled, and others disturb it least.
    print('%-16s %.6f' % (task.__name__, min(times[len(times) // 2:])))
