# What scripts do besides tensors, timed after warm-up: runs on Retrograd and on CPython alike (see teaching.py, arrays.py too).
#   nn bench/interpreter.py [SECONDS [TASK …]]        python3 bench/interpreter.py [SECONDS [TASK …]]
# Each task runs for that long, at least three times. Printed are the best time of the second half (by then a machine
# that compiles has compiled, and others disturb it least) and that of the very first run, in seconds.
import sys
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0


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


def keywords():
    def area(width, height=2, scale=1):
        return width * height * scale

    s = 0
    for i in range(20000):
        s += area(i) + area(i, scale=3) + area(width=i, height=4)
    return s


def spread():
    def total(*values, **options):
        t = options.get('start', 0)
        for v in values:
            t += v
        return t

    s = 0
    pair = (1, 2)
    for i in range(10000):
        s += total(i, 2, 3) + total(*pair) + total(i, start=5)
    return s


def hanoi(n, a, b, c):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


def recursion():
    return hanoi(14, 'a', 'b', 'c')


def tuple_keys():
    grid = {}
    for y in range(60):
        for x in range(60):
            grid[x, y] = x * y
    s = 0
    for k in range(5):
        for y in range(1, 59):
            for x in range(1, 59):
                s += grid[(x - 1, y)] + grid[(x, y + 1)]
    return s


def memo():
    known = {}

    def f(n):
        if n in known:
            return known[n]
        r = n if n < 2 else (f(n - 1) + f(n - 2)) % 1000007
        known[n] = r
        return r

    s = 0
    for k in range(60):
        known.clear()
        s += f(150)
    return s


TEXT = 'the quick brown fox jumps over the lazy dog while seven wizards box with the quick jugs ' * 40


def word_count():
    counts = {}
    for word in TEXT.split():
        if word in counts:
            counts[word] += 1
        else:
            counts[word] = 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[0]


def groups():
    found = {}
    for i in range(20000):
        found.setdefault(i % 97, []).append(i)
    return sum(len(v) for v in found.values())


def building():
    s = ''
    for i in range(20000):
        s += 'x'
    t = ''
    for i in range(5000):
        t = t + str(i) + ','
    return len(s) + len(t)


def joining():
    s = 0
    for k in range(20):
        s += len(','.join([str(i) for i in range(1000)]).split(','))
    return s


def characters():
    vowels = 0
    out = []
    for c in TEXT:
        if c in 'aeiou':
            vowels += 1
        out.append(chr((ord(c) - 97 + 13) % 26 + 97) if c.isalpha() else c)
    return vowels, ''.join(out)[:10]


def formatting():
    n = 0
    for i in range(4000):
        n += len('%5d|%-8s|%.3f' % (i, 'ab', i / 7)) + len('{:>6}{:.2f}'.format(i, i / 3)) + len(f'{i:04d} {i / 7:.4f}')
    return n


def text_methods():
    n = 0
    for i in range(3000):
        s = '  Key%d = Value%d ' % (i, i)
        k, v = s.strip().lower().split(' = ')
        n += len(k.replace('key', '')) + v.startswith('value') + s.find('=') + (k[::-1] == k) + len(v[2:5].upper())
    return n


def palindromes():
    n = 0
    for i in range(20000):
        s = str(i)
        if s == s[::-1]:
            n += 1
    return n


def sieve():
    n = 60000
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= n:
        if flags[i]:
            for j in range(i * i, n + 1, i):
                flags[j] = False
        i += 1
    return sum(flags)


def primes():
    found = []
    for n in range(2, 6000):
        for p in found:
            if p * p > n:
                found.append(n)
                break
            if n % p == 0:
                break
        else:
            found.append(n)
    return len(found)


def collatz():
    longest = 0
    for start in range(1, 3000):
        n, steps = start, 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > longest:
            longest = steps
    return longest


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def divisors():
    return sum(gcd(a, b) for a in range(1, 120) for b in range(1, 120))


def matrices():
    n = 40
    a = [[i * j % 7 for j in range(n)] for i in range(n)]
    b = [[i + j for j in range(n)] for i in range(n)]
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            t = 0
            for k in range(n):
                t += a[i][k] * b[k][j]
            c[i][j] = t
    d = [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]
    return c == d


def nested():
    s = 0
    for k in range(20):
        table = [[x * y for x in range(30)] for y in range(30)]
        flat = [v for row in table for v in row if v % 2]
        pairs = {(x, y): x + y for x in range(20) for y in range(20)}
        s += len(flat) + len(pairs)
    return s


def stacks():
    stack = []
    s = 0
    for i in range(30000):
        stack.append(i)
        if i % 3 == 2:
            s += stack.pop() + stack.pop()
    while stack:
        s += stack.pop()
    return s


def breaks():
    hits = 0
    for i in range(1, 2000):
        n = i
        while True:
            n = n * 7 % 1009
            if n < 40:
                hits += 1
                break
            if n > 1000:
                break
    return hits


def parse(text):
    try:
        return int(text)
    except ValueError:
        return -1


def failures():
    s = 0
    d = {}
    for i in range(10000):
        s += parse(str(i) if i % 2 else 'x')
        try:
            s += d[i % 10]
        except KeyError:
            d[i % 10] = i
        try:
            [1, 2][i % 4]
        except IndexError as e:
            s += 1
        finally:
            s += 1
    return s


class Refused(Exception):
    def __init__(self, code):
        super().__init__('refused')
        self.code = code


def refuse(n):
    if n % 2:
        raise Refused(n)
    return n


def own_exceptions():
    s = 0
    for i in range(20000):
        try:
            s += refuse(i)
        except Refused as e:
            s += e.code
    return s


def evens(values):
    for v in values:
        if v % 2 == 0:
            yield v


def squares(values):
    for v in values:
        yield v * v


def pipelines():
    s = 0
    for v in squares(evens(naturals(30000))):
        s += v
    return s + sum(x for x in (y + 1 for y in range(20000)) if x % 3)


class Tree:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def walk(self):
        if self.left:
            yield from self.left.walk()
        yield 1
        if self.right:
            yield from self.right.walk()


def grow(depth):
    return None if depth == 0 else Tree(grow(depth - 1), grow(depth - 1))


def tree_walk():
    return sum(grow(10).walk())


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


def iterators():
    s = 0
    for k in range(10):
        for x in Countdown(2000):
            s += x
    return s


def zipping():
    a = list(range(1000))
    b = [x * 2 for x in a]
    s = 0
    for k in range(20):
        for x, y in zip(a, b):
            s += x * y
        for i, x in enumerate(a):
            s += i * x
        for i, (x, y) in enumerate(zip(a, b)):
            s += i + x - y
    return s


def mapping():
    x = list(range(3000))
    s = 0
    for k in range(8):
        s += sum(map(lambda v: v * 2, filter(lambda v: v % 2, x)))
        s += len(list(map(str, x))) + max(x) + min(x) + any(v > 2998 for v in x) + all(v >= 0 for v in x)
    return s


def unpacking():
    a, b, c = 1, 2, 3
    points = [(i, i + 1, (i, i)) for i in range(100)]
    s = 0
    for i in range(20000):
        a, b = b, a
        a, b, c = c, a, b
    for k in range(100):
        for x, y, (z, w) in points:
            s += x + y + z + w
    return s + a


def sets():
    seen = set()
    n = 0
    for i in range(30000):
        v = i * 7919 % 5003
        if v in seen:
            n += 1
        else:
            seen.add(v)
    return n + len(seen & set(range(100))) + len(seen | {1, 2, 3})


def slices():
    x = list(range(500))
    s = 0
    for i in range(4000):
        s += len(x[i % 400:i % 400 + 50]) + x[-1] + len(x[::5]) + len(x[:10])
    return s


class Shape:
    def area(self):
        return 0


class Square(Shape):
    def __init__(self, side):
        super().__init__()
        self.side = side

    def area(self):
        return self.side ** 2


class Circle(Shape):
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3.14159 * self.r * self.r


def shapes():
    all = [Square(i) if i % 2 else Circle(i) for i in range(300)]
    s = 0
    for k in range(30):
        for each in all:
            s += each.area()
            if isinstance(each, Circle):
                s += 1
            elif isinstance(each, (int, str)):
                s += 2
    return s


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    @property
    def norm(self):
        return self.x * self.x + self.y * self.y


def operators():
    v = Vector(0.0, 0.0)
    step = Vector(0.5, 0.25)
    n = 0
    for i in range(15000):
        v = v + step * 2
        if v == step:
            n += 1
        n += v.norm > 100
    return n


class Account:
    rate = 3

    def __init__(self):
        self.balance = 0
        self.log = []

    def deposit(self, amount):
        self.balance += amount
        self.note(amount)

    def note(self, amount):
        if amount % 10 == 0:
            self.log.append(amount)

    @staticmethod
    def double(x):
        return x * 2

    @classmethod
    def interest(cls, x):
        return x * cls.rate


def accounts():
    a = Account()
    for i in range(15000):
        a.deposit(i)
        a.balance -= Account.double(1) + Account.interest(2)
    return a.balance + len(a.log)


def counters():
    def counter():
        n = 0

        def step():
            nonlocal n
            n += 1
            return n

        return step

    s = 0
    for k in range(10):
        step = counter()
        for i in range(3000):
            s += step()
    return s


def quick(x):
    if len(x) <= 1:
        return x
    pivot = x[len(x) // 2]
    less = [v for v in x if v < pivot]
    same = [v for v in x if v == pivot]
    more = [v for v in x if v > pivot]
    return quick(less) + same + quick(more)


def quicksort():
    return quick([(i * 7919) % 4001 for i in range(4000)])[0]


def bubble():
    x = [(i * 7919) % 211 for i in range(200)]
    n = len(x)
    for i in range(n):
        for j in range(n - i - 1):
            if x[j] > x[j + 1]:
                x[j], x[j + 1] = x[j + 1], x[j]
    return x[0]


def searching():
    x = list(range(0, 20000, 2))
    hits = 0
    for wanted in range(3000):
        low, high = 0, len(x) - 1
        while low <= high:
            middle = (low + high) // 2
            if x[middle] == wanted:
                hits += 1
                break
            elif x[middle] < wanted:
                low = middle + 1
            else:
                high = middle - 1
    return hits


def distance():
    a, b = 'kitten sitting on the bench', 'sitting kittens in the beach'
    n = 0
    for k in range(12):
        previous = list(range(len(b) + 1))
        for i, x in enumerate(a):
            current = [i + 1]
            for j, y in enumerate(b):
                current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + (x != y)))
            previous = current
        n += previous[-1]
    return n


def life():
    alive = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2), (10, 10), (11, 10), (12, 10)}
    for k in range(40):
        counts = {}
        for x, y in alive:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    if dx or dy:
                        cell = (x + dx, y + dy)
                        counts[cell] = counts.get(cell, 0) + 1
        alive = {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in alive}
    return len(alive)


def queens_from(row, n, columns, rising, falling):
    if row == n:
        return 1
    count = 0
    for c in range(n):
        if c not in columns and row + c not in rising and row - c not in falling:
            count += queens_from(row + 1, n, columns | {c}, rising | {row + c}, falling | {row - c})
    return count


def queens():
    return queens_from(0, 6, set(), set(), set())


def queens_on_lists():
    def safe(board, row, column):
        for r in range(row):
            if board[r] == column or abs(board[r] - column) == row - r:
                return False
        return True

    def solve(board, row, n):
        if row == n:
            return 1
        total = 0
        for column in range(n):
            if safe(board, row, column):
                board[row] = column
                total += solve(board, row + 1, n)
        return total

    return solve([0] * 7, 0, 7)


def permutations_of(x):
    if len(x) <= 1:
        return [x]
    found = []
    for i in range(len(x)):
        for rest in permutations_of(x[:i] + x[i + 1:]):
            found.append([x[i]] + rest)
    return found


def permutations():
    return len(permutations_of([1, 2, 3, 4, 5, 6]))


def mandelbrot():
    n = 0
    for py in range(40):
        for px in range(40):
            x0, y0 = px / 20.0 - 1.5, py / 20.0 - 1.0
            x = y = 0.0
            for i in range(50):
                if x * x + y * y > 4.0:
                    break
                x, y = x * x - y * y + x0, 2 * x * y + y0
            n += i
    return n


def complex_plane():
    n = 0
    for py in range(24):
        for px in range(24):
            c = complex(px / 12.0 - 1.5, py / 12.0 - 1.0)
            z = 0j
            for i in range(30):
                if abs(z) > 2:
                    break
                z = z * z + c
            n += i
    return n


def spectral():
    def a(i, j):
        return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)

    n = 40
    u = [1.0] * n
    for k in range(4):
        v = [sum(a(i, j) * u[j] for j in range(n)) for i in range(n)]
        u = [sum(a(j, i) * v[j] for j in range(n)) for i in range(n)]
    return u[0]


def make_tree(depth):
    if depth == 0:
        return (None, None)
    return (make_tree(depth - 1), make_tree(depth - 1))


def check_tree(tree):
    left, right = tree
    if left is None:
        return 1
    return 1 + check_tree(left) + check_tree(right)


def trees():
    return check_tree(make_tree(12))


def fannkuch():
    n = 7
    p = list(range(n))
    count = [0] * n
    most = checksum = sign = 0
    sign = 1
    r = n
    while True:
        if p[0]:
            q = p[:]
            flips = 0
            while q[0]:
                k = q[0] + 1
                q[:k] = q[k - 1::-1] if k == len(q) else q[:k][::-1]
                flips += 1
            most = max(most, flips)
            checksum += sign * flips
        if sign == 1:
            p[0], p[1] = p[1], p[0]
            sign = -1
        else:
            p[1], p[2] = p[2], p[1]
            sign = 1
            for i in range(2, n):
                if count[i] < i:
                    count[i] += 1
                    break
                if i == n - 1:
                    return most, checksum
                count[i] = 0
                p.insert(i + 1, p.pop(0))


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz
        self.mass = mass


def nbody():
    bodies = [Body(i * 1.1, i * 0.7 - 2, i * 0.3, 0.01 * i, 0.02, -0.01 * i, 1.0 + i) for i in range(5)]
    for step in range(150):
        for i in range(5):
            a = bodies[i]
            for j in range(i + 1, 5):
                b = bodies[j]
                dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
                d = (dx * dx + dy * dy + dz * dz) ** 1.5 + 0.01
                m = 0.001 / d
                a.vx -= dx * b.mass * m
                a.vy -= dy * b.mass * m
                a.vz -= dz * b.mass * m
                b.vx += dx * a.mass * m
                b.vy += dy * a.mass * m
                b.vz += dz * a.mass * m
        for a in bodies:
            a.x += 0.001 * a.vx
            a.y += 0.001 * a.vy
            a.z += 0.001 * a.vz
    return bodies[0].x


def big_ints():
    a, b = 0, 1
    for i in range(2000):
        a, b = b, a + b
    f = 1
    for i in range(1, 300):
        f *= i
    return a % 1000007 + f % 1000003 + pow(3, 1000, 1009)


def library():
    import math
    s = 0.0
    for i in range(10000):
        s += math.sqrt(i) + math.sin(i) * abs(-i) + len('ab') + int(i / 3) + round(i / 7, 2) + min(i, 5) + float(i)
    return s


def networks():
    # A perceptron by hand, as lecture notes have it.
    w = [[0.1 * (i - j) for j in range(8)] for i in range(4)]
    x = [[((i * j) % 5) / 5.0 for j in range(8)] for i in range(20)]
    s = 0.0
    for epoch in range(8):
        for sample in x:
            out = [sum(a * b for a, b in zip(row, sample)) for row in w]
            error = [o - 0.5 for o in out]
            for i in range(len(w)):
                for j in range(len(w[i])):
                    w[i][j] -= 0.01 * error[i] * sample[j]
            s += sum(e * e for e in error)
    return s


# Richards' scheduler: objects of many classes meet at the same places.

IDLE, WORKER, HANDLERA, HANDLERB, DEVA, DEVB = 1, 2, 3, 4, 5, 6
K_DEV, K_WORK = 1000, 1001
BUFSIZE = 4


class Packet(object):
    def __init__(self, l, i, k):
        self.link = l
        self.ident = i
        self.kind = k
        self.datum = 0
        self.data = [0] * BUFSIZE

    def append_to(self, lst):
        self.link = None
        if lst is None:
            return self
        p = lst
        nxt = p.link
        while nxt is not None:
            p = nxt
            nxt = p.link
        p.link = self
        return lst


class TaskRec(object):
    pass


class DeviceTaskRec(TaskRec):
    def __init__(self):
        self.pending = None


class IdleTaskRec(TaskRec):
    def __init__(self):
        self.control = 1
        self.count = 1000


class HandlerTaskRec(TaskRec):
    def __init__(self):
        self.work_in = None
        self.device_in = None

    def workInAdd(self, p):
        self.work_in = p.append_to(self.work_in)
        return self.work_in

    def deviceInAdd(self, p):
        self.device_in = p.append_to(self.device_in)
        return self.device_in


class WorkerTaskRec(TaskRec):
    def __init__(self):
        self.destination = HANDLERA
        self.count = 0


class TaskState(object):
    def __init__(self):
        self.packet_pending = True
        self.task_waiting = False
        self.task_holding = False

    def packetPending(self):
        self.packet_pending = True
        self.task_waiting = False
        self.task_holding = False
        return self

    def waiting(self):
        self.packet_pending = False
        self.task_waiting = True
        self.task_holding = False
        return self

    def running(self):
        self.packet_pending = False
        self.task_waiting = False
        self.task_holding = False
        return self

    def waitingWithPacket(self):
        self.packet_pending = True
        self.task_waiting = True
        self.task_holding = False
        return self

    def isTaskHoldingOrWaiting(self):
        return self.task_holding or (not self.packet_pending and self.task_waiting)

    def isWaitingWithPacket(self):
        return self.packet_pending and (self.task_waiting and not self.task_holding)


class WorkArea(object):
    def __init__(self):
        self.reset()

    def reset(self):
        self.taskList = None
        self.taskTab = [None] * 10
        self.holdCount = 0
        self.qpktCount = 0


work = WorkArea()


class Task(TaskState):
    def __init__(self, i, p, w, initialState, r):
        self.link = work.taskList
        self.ident = i
        self.priority = p
        self.input = w
        self.packet_pending = initialState.packet_pending
        self.task_waiting = initialState.task_waiting
        self.task_holding = initialState.task_holding
        self.handle = r
        work.taskList = self
        work.taskTab[i] = self

    def fn(self, pkt, r):
        raise NotImplementedError

    def addPacket(self, p, old):
        if self.input is None:
            self.input = p
            self.packet_pending = True
            if self.priority > old.priority:
                return self
        else:
            p.append_to(self.input)
        return old

    def runTask(self):
        if self.isWaitingWithPacket():
            msg = self.input
            self.input = msg.link
            if self.input is None:
                self.running()
            else:
                self.packetPending()
        else:
            msg = None
        return self.fn(msg, self.handle)

    def waitTask(self):
        self.task_waiting = True
        return self

    def hold(self):
        work.holdCount += 1
        self.task_holding = True
        return self.link

    def release(self, i):
        t = self.findtcb(i)
        t.task_holding = False
        if t.priority > self.priority:
            return t
        else:
            return self

    def qpkt(self, pkt):
        t = self.findtcb(pkt.ident)
        work.qpktCount += 1
        pkt.link = None
        pkt.ident = self.ident
        return t.addPacket(pkt, self)

    def findtcb(self, id):
        t = work.taskTab[id]
        if t is None:
            raise Exception('Bad task id %d' % id)
        return t


class DeviceTask(Task):
    def fn(self, pkt, r):
        d = r
        if pkt is None:
            pkt = d.pending
            if pkt is None:
                return self.waitTask()
            else:
                d.pending = None
                return self.qpkt(pkt)
        else:
            d.pending = pkt
            return self.hold()


class HandlerTask(Task):
    def fn(self, pkt, r):
        h = r
        if pkt is not None:
            if pkt.kind == K_WORK:
                h.workInAdd(pkt)
            else:
                h.deviceInAdd(pkt)
        w = h.work_in
        if w is None:
            return self.waitTask()
        count = w.datum
        if count >= BUFSIZE:
            h.work_in = w.link
            return self.qpkt(w)
        dev = h.device_in
        if dev is None:
            return self.waitTask()
        h.device_in = dev.link
        dev.datum = w.data[count]
        w.datum = count + 1
        return self.qpkt(dev)


class IdleTask(Task):
    def fn(self, pkt, r):
        i = r
        i.count -= 1
        if i.count == 0:
            return self.hold()
        elif i.control & 1 == 0:
            i.control //= 2
            return self.release(DEVA)
        else:
            i.control = i.control // 2 ^ 0xd008
            return self.release(DEVB)


class WorkTask(Task):
    def fn(self, pkt, r):
        w = r
        if pkt is None:
            return self.waitTask()
        if w.destination == HANDLERA:
            dest = HANDLERB
        else:
            dest = HANDLERA
        w.destination = dest
        pkt.ident = dest
        pkt.datum = 0
        for i in range(BUFSIZE):
            w.count += 1
            if w.count > 26:
                w.count = 1
            pkt.data[i] = ord('A') + w.count - 1
        return self.qpkt(pkt)


def schedule_tasks():
    t = work.taskList
    while t is not None:
        if t.isTaskHoldingOrWaiting():
            t = t.link
        else:
            t = t.runTask()


def richards():
    work.reset()
    IdleTask(IDLE, 1, 1000, TaskState().running(), IdleTaskRec())
    wkq = Packet(None, 0, K_WORK)
    wkq = Packet(wkq, 0, K_WORK)
    WorkTask(WORKER, 1000, wkq, TaskState().waitingWithPacket(), WorkerTaskRec())
    wkq = Packet(None, DEVA, K_DEV)
    wkq = Packet(wkq, DEVA, K_DEV)
    wkq = Packet(wkq, DEVA, K_DEV)
    HandlerTask(HANDLERA, 2000, wkq, TaskState().waitingWithPacket(), HandlerTaskRec())
    wkq = Packet(None, DEVB, K_DEV)
    wkq = Packet(wkq, DEVB, K_DEV)
    wkq = Packet(wkq, DEVB, K_DEV)
    HandlerTask(HANDLERB, 3000, wkq, TaskState().waitingWithPacket(), HandlerTaskRec())
    wkq = None
    DeviceTask(DEVA, 4000, wkq, TaskState().waiting(), DeviceTaskRec())
    DeviceTask(DEVB, 5000, wkq, TaskState().waiting(), DeviceTaskRec())
    schedule_tasks()
    return work.holdCount, work.qpktCount


# A parser of closures that share a place in the text.

def parse_json(s):
    pos = 0

    def skip():
        nonlocal pos
        while pos < len(s) and s[pos] in ' \t\n\r':
            pos += 1

    def value():
        nonlocal pos
        skip()
        c = s[pos]
        if c == '{':
            pos += 1
            out = {}
            skip()
            if s[pos] == '}':
                pos += 1
                return out
            while True:
                skip()
                k = string()
                skip()
                assert s[pos] == ':'
                pos += 1
                out[k] = value()
                skip()
                if s[pos] == ',':
                    pos += 1
                    continue
                if s[pos] == '}':
                    pos += 1
                    return out
                raise ValueError('expected , or }')
        if c == '[':
            pos += 1
            out = []
            skip()
            if s[pos] == ']':
                pos += 1
                return out
            while True:
                out.append(value())
                skip()
                if s[pos] == ',':
                    pos += 1
                    continue
                if s[pos] == ']':
                    pos += 1
                    return out
                raise ValueError('expected , or ]')
        if c == '"':
            return string()
        if c == '-' or c.isdigit():
            start = pos
            pos += 1
            while pos < len(s) and (s[pos].isdigit() or s[pos] in '.eE+-'):
                pos += 1
            t = s[start:pos]
            return float(t) if '.' in t or 'e' in t else int(t)
        for word, v in (('true', True), ('false', False), ('null', None)):
            if s.startswith(word, pos):
                pos += len(word)
                return v
        raise ValueError('unexpected ' + c)

    def string():
        nonlocal pos
        pos += 1
        out = []
        while s[pos] != '"':
            if s[pos] == '\\':
                pos += 1
            out.append(s[pos])
            pos += 1
        pos += 1
        return ''.join(out)
    return value()

def dump_json(v):
    if v is None:
        return 'null'
    if v is True:
        return 'true'
    if v is False:
        return 'false'
    if isinstance(v, (int, float)):
        return repr(v)
    if isinstance(v, str):
        return '"' + v.replace('\\', '\\\\').replace('"', '\\"') + '"'
    if isinstance(v, list):
        return '[' + ', '.join(dump_json(x) for x in v) + ']'
    return '{' + ', '.join(dump_json(k) + ': ' + dump_json(x) for k, x in v.items()) + '}'


def json_by_hand():
    data = {'users': [{'id': i, 'name': 'user %d' % i, 'tags': ['a', 'b', 'c'][:i % 4], 'score': i * 1.5,
                       'active': i % 2 == 0, 'parent': None} for i in range(40)]}
    return parse_json(dump_json(data)) == data


# Planets as nested lists and tuples that loops take apart.

PI = 3.14159265358979323
SOLAR_MASS = 4 * PI * PI
DAYS = 365.24


def pairs_of(l):
    result = []
    for x in range(len(l) - 1):
        ls = l[x + 1:]
        for y in ls:
            result.append((l[x], y))
    return result


def solar_system():
    return {
        'sun': ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], SOLAR_MASS),
        'jupiter': ([4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01],
                    [1.66007664274403694e-03 * DAYS, 7.69901118419740425e-03 * DAYS, -6.90460016972063023e-05 * DAYS],
                    9.54791938424326609e-04 * SOLAR_MASS),
        'saturn': ([8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01],
                   [-2.76742510726411021e-03 * DAYS, 4.99852801234917238e-03 * DAYS, 2.30417297573763929e-05 * DAYS],
                   2.85885980666130812e-04 * SOLAR_MASS),
        'uranus': ([1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01],
                   [2.96460137564761618e-03 * DAYS, 2.37847173959480950e-03 * DAYS, -2.96589568540237556e-05 * DAYS],
                   4.36624404335156298e-05 * SOLAR_MASS),
        'neptune': ([1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01],
                    [2.68067772490389322e-03 * DAYS, 1.62824170038242295e-03 * DAYS, -9.51592254519715870e-05 * DAYS],
                    5.15138902046611451e-05 * SOLAR_MASS)}


def advance_planets(dt, n, bodies, pairs):
    for i in range(n):
        for (([x1, y1, z1], v1, m1), ([x2, y2, z2], v2, m2)) in pairs:
            dx = x1 - x2
            dy = y1 - y2
            dz = z1 - z2
            mag = dt * ((dx * dx + dy * dy + dz * dz) ** (-1.5))
            b1m = m1 * mag
            b2m = m2 * mag
            v1[0] -= dx * b2m
            v1[1] -= dy * b2m
            v1[2] -= dz * b2m
            v2[0] += dx * b1m
            v2[1] += dy * b1m
            v2[2] += dz * b1m
        for (r, [vx, vy, vz], m) in bodies:
            r[0] += dt * vx
            r[1] += dt * vy
            r[2] += dt * vz


def planets_energy(bodies, pairs, e=0.0):
    for (((x1, y1, z1), v1, m1), ((x2, y2, z2), v2, m2)) in pairs:
        dx = x1 - x2
        dy = y1 - y2
        dz = z1 - z2
        e -= (m1 * m2) / ((dx * dx + dy * dy + dz * dz) ** 0.5)
    for (r, [vx, vy, vz], m) in bodies:
        e += m * (vx * vx + vy * vy + vz * vz) / 2.
    return e


def planets():
    bodies = list(solar_system().values())
    pairs = pairs_of(bodies)
    advance_planets(0.01, 400, bodies, pairs)
    return planets_energy(bodies, pairs)


def growing_bytes():
    b = bytearray()
    for i in range(2000):
        b.append(i % 256)
    for i in range(len(b)):
        b[i] ^= 255
    return sum(b)


def running_mean():
    total = 0.0
    count = 0
    mean = None
    while True:
        x = yield mean
        total += x
        count += 1
        mean = total / count


def sending():
    mean = running_mean()
    next(mean)
    for i in range(2000):
        m = mean.send(i)
    return m


# Functions that others call are no tasks.
HELPERS = {'fib', 'naturals', 'hanoi', 'gcd', 'parse', 'refuse', 'evens', 'squares', 'grow', 'quick', 'queens_from', 'permutations_of',
           'make_tree', 'check_tree', 'schedule_tasks', 'parse_json', 'dump_json', 'pairs_of', 'solar_system', 'advance_planets',
           'planets_energy', 'running_mean'}
TASKS = [value for name, value in list(globals().items())
         if callable(value) and not isinstance(value, type) and name not in HELPERS]

for task in TASKS:
    if len(sys.argv) > 2 and task.__name__ not in sys.argv[2:]:
        continue
    times = []
    began = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - began < SECONDS:
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    print('%-16s %.6f %.6f' % (task.__name__, min(times[len(times) // 2:]), times[0]))
