# Small programs as students write them, timed as bench/interpreter.py times its tasks:
#   nn bench/students.py [SECONDS [TASK …]]        python3 bench/students.py [SECONDS [TASK …]]
import collections
import itertools
import math
import random
import sys
import time

import numpy as np

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0


def matrix_by_lists():
    n = 24
    a = [[(i * j) % 7 for j in range(n)] for i in range(n)]
    b = [[(i + j) % 5 for j in range(n)] for i in range(n)]
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            for k in range(n):
                c[i][j] += a[i][k] * b[k][j]
    return c[3][4]


def string_building():
    text = ''
    for i in range(2000):
        text += chr(97 + i % 26)
        if i % 60 == 59:
            text += '\n'
    lines = text.split('\n')
    return ''.join(reversed(text)).upper().count('A') + len([line.title() for line in lines])


class Temperature:
    def __init__(self, celsius=0.0):
        self._celsius = celsius

    @property
    def celsius(self):
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError('too cold')
        self._celsius = value

    @property
    def fahrenheit(self):
        return self._celsius * 9 / 5 + 32

    @staticmethod
    def mean(a, b):
        return (a + b) / 2

    @classmethod
    def of_fahrenheit(cls, f):
        return cls((f - 32) * 5 / 9)


def properties():
    t = Temperature(20)
    s = 0
    for i in range(3000):
        t.celsius = i * 0.1
        s += t.fahrenheit + Temperature.mean(t.celsius, 3)
        if i % 10 == 0:
            s += Temperature.of_fahrenheit(s % 100).celsius
    return s


class Student:
    def __init__(self, name, grade, age):
        self.name, self.grade, self.age = name, grade, age

    def __repr__(self):
        return 'Student(%r, %r, %d)' % (self.name, self.grade, self.age)

    def __lt__(self, other):
        return self.age < other.age


def sorting_by_keys():
    names = ['Ann', 'Bob', 'Cid', 'Dora', 'Eve', 'Finn']
    students = [Student(names[i % 6] + str(i * 31 % 50), 'ABCD'[i * 7 % 4], 18 + i * 13 % 10) for i in range(300)]
    by_age = sorted(students, key=lambda s: s.age)
    by_both = sorted(students, key=lambda s: (s.grade, -s.age, s.name))
    students.sort(key=lambda s: s.name, reverse=True)
    return by_age[0].name, by_both[5].age, sorted(students)[0].age, max(students, key=lambda s: len(s.name)).name, len(repr(students[:50]))


def memo_by_dict():
    memo = {}

    def ways(n, coins):
        if n == 0:
            return 1
        if n < 0 or not coins:
            return 0
        key = (n, coins)
        if key not in memo:
            memo[key] = ways(n - coins[0], coins) + ways(n, coins[1:])
        return memo[key]

    return ways(150, (50, 20, 10, 5, 2, 1))


def longest_common_subsequence():
    memo = {}

    def lcs(a, b, i, j):
        if i == len(a) or j == len(b):
            return 0
        if (i, j) in memo:
            return memo[i, j]
        if a[i] == b[j]:
            r = 1 + lcs(a, b, i + 1, j + 1)
        else:
            r = max(lcs(a, b, i + 1, j), lcs(a, b, i, j + 1))
        memo[(i, j)] = r
        return r

    return lcs('ACCGGTCGAGTGCGCGGAAGCCGGCCGAA' * 2, 'GTCGTTCGGAATGCCGTTGCTCTGTAAA' * 2, 0, 0)


def countdown(n):
    while n > 0:
        yield n
        n -= 1


def fibonacci_numbers():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def generators():
    s = sum(countdown(2000))
    for i, f in enumerate(fibonacci_numbers()):
        if i > 60:
            break
        s += f
    primes = (n for n in range(2, 400) if all(n % d for d in range(2, int(n ** 0.5) + 1)))
    return s + sum(primes)


def comprehension_nest():
    table = [[(x, y) for x in range(20) if x % 2] for y in range(20)]
    flat = [x * y for row in table for x, y in row if x != y]
    squares = {x: x ** 2 for x in range(200)}
    letters = {c for word in ['alpha', 'beta', 'gamma'] for c in word}
    triples = [(a, b, c) for a in range(1, 25) for b in range(a, 25) for c in range(b, 25) if a * a + b * b == c * c]
    return len(flat) + len(letters) + squares[13] + len(triples)


def exceptions_in_loops():
    data = ['1', '2.5', 'x', None, '7', '', '1e3'] * 60
    total = 0
    bad = 0
    for item in data:
        try:
            total += float(item)
        except ValueError:
            bad += 1
        except TypeError as e:
            bad += len(str(e)) > 0
        else:
            total += 1
        finally:
            total += 0.5
    return total, bad


class BankError(Exception):
    def __init__(self, message, amount):
        super().__init__(message)
        self.amount = amount


def own_exceptions():
    balance = 100
    refused = 0
    for i in range(1500):
        try:
            amount = i * 37 % 60
            if amount > balance:
                raise BankError('not enough', amount)
            balance -= amount
        except BankError as e:
            refused += e.amount
            balance += 100
    return refused


def nested_functions():
    def adder(n):
        def add(x):
            return x + n
        return add

    def counter():
        count = 0

        def step():
            nonlocal count
            count += 1
            return count
        return step

    c = counter()
    add5 = adder(5)
    s = 0
    for i in range(3000):
        s += add5(i) + c()
        s += adder(i)(1)
    return s


def set_algebra():
    a = set(range(0, 600, 2))
    b = set(range(0, 600, 3))
    s = 0
    for i in range(20):
        s += len(a & b) + len(a | b) + len(a - b) + len(a ^ b)
        if i in a:
            a.discard(i)
        b.add(i * 5)
        s += (i in b) + a.issuperset({4, 6}) + len({x % 7 for x in b})
    return s


def tuple_unpacking():
    points = [(i, i * 2, i * 3) for i in range(400)]
    s = 0
    for a, b, c in points:
        s += a * b - c
    for i, (a, *rest) in enumerate(points):
        s += i + rest[0]
    first, *middle, last = points
    x, y = 1, 2
    for i in range(2000):
        x, y = y, x + i
        x %= 1000
    return s + len(middle) + x


def f_strings():
    out = []
    for i in range(500):
        name = 'item' + str(i)
        price = i * 1.25
        out.append(f'{name:<10}|{i:>5d}|{price:8.2f}|{i / 500:.1%}')
        out.append(f'{i}: {name!r} costs {price}')
    return len('\n'.join(out))


def old_formats():
    out = []
    for i in range(500):
        out.append('%5d %-8s %6.2f' % (i, 'n%d' % i, i / 3))
        out.append('{:>6} {:.3f} {name}'.format(i, i / 7, name='x'))
    return len(' '.join(out))


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


def random_games():
    rng = random.Random(7)
    wins = 0
    for i in range(400):
        dice = [rng.randint(1, 6) for _ in range(3)]
        if sum(dice) > 11:
            wins += 1
        if rng.random() < 0.3:
            wins += rng.choice([0, 1, 2])
    deck = list(range(52))
    rng.shuffle(deck)
    return wins + deck[0] + sum(rng.sample(range(100), 5))


def bubble_sort():
    a = [(i * 7919) % 199 for i in range(90)]
    n = len(a)
    for i in range(n):
        for j in range(n - i - 1):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a[5]


def prime_factors():
    s = 0
    for n in range(2, 600):
        d = 2
        while d * d <= n:
            while n % d == 0:
                s += d
                n //= d
            d += 1
        s += n
    return s


def palindromes():
    words = ['level', 'radar', 'python', 'noon', 'Racecar', 'java'] * 50
    count = 0
    for w in words:
        w = w.lower()
        if w == w[::-1]:
            count += 1
        if all(w[i] == w[-i - 1] for i in range(len(w) // 2)):
            count += 1
    return count


def caesar():
    text = 'The Quick Brown Fox Jumps Over The Lazy Dog. ' * 10
    out = ''
    for ch in text:
        if ch.isalpha():
            base = ord('A') if ch.isupper() else ord('a')
            out += chr((ord(ch) - base + 3) % 26 + base)
        else:
            out += ch
    return out


def word_count():
    text = ('It was the best of times, it was the worst of times; it was the age of wisdom... ' * 12)
    counts = {}
    for word in text.lower().split():
        word = word.strip('.,;')
        if word not in counts:
            counts[word] = 0
        counts[word] += 1
    top = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:5]
    return [f'{w}: {n}' for w, n in top]


def tic_tac_toe():
    lines = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]

    def winner(board):
        for a, b, c in lines:
            if board[a] != ' ' and board[a] == board[b] == board[c]:
                return board[a]
        return None

    def search(board, player):
        w = winner(board)
        if w:
            return 1 if w == 'X' else -1
        if ' ' not in board:
            return 0
        scores = []
        for i in range(9):
            if board[i] == ' ':
                board[i] = player
                scores.append(search(board, 'O' if player == 'X' else 'X'))
                board[i] = ' '
        return max(scores) if player == 'X' else min(scores)

    return search(['X', 'O', 'X', ' ', 'O', ' ', ' ', ' ', ' '], 'X')


def game_of_life_lists():
    n = 24
    grid = [[(i * 3 + j * 5) % 4 == 0 for j in range(n)] for i in range(n)]
    for step in range(3):
        new = [[False] * n for _ in range(n)]
        for i in range(n):
            for j in range(n):
                count = 0
                for di in (-1, 0, 1):
                    for dj in (-1, 0, 1):
                        if (di, dj) != (0, 0) and grid[(i + di) % n][(j + dj) % n]:
                            count += 1
                new[i][j] = count == 3 or (grid[i][j] and count == 2)
        grid = new
    return sum(map(sum, grid))


class Guard:
    def __init__(self):
        self.depth = 0

    def __enter__(self):
        self.depth += 1
        return self

    def __exit__(self, kind, value, trace):
        self.depth -= 1
        return kind is KeyError


def with_statements():
    g = Guard()
    s = 0
    for i in range(1500):
        with g as held:
            s += held.depth * i
            if i % 5 == 0:
                raise KeyError(i)
    return s


class Vector:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __abs__(self):
        return math.hypot(self.x, self.y)


def vectors():
    v = Vector(0, 0)
    seen = set()
    for i in range(800):
        v = v + Vector(i % 3, i % 5) * 2
        if i % 4 == 0:
            seen.add(Vector(i % 16, 1))
    return abs(v), len(seen)


def linked_list():
    head = None
    for i in range(1000):
        head = [i, head]
    s = 0
    node = head
    while node is not None:
        s += node[0]
        node = node[1]
    d = collections.deque()
    for i in range(1000):
        d.append(i)
        if len(d) > 10:
            s += d.popleft()
    return s


def permutations_and_products():
    s = 0
    for p in itertools.permutations(range(6)):
        if p[0] < p[1]:
            s += p[2]
    for a, b in itertools.product(range(20), repeat=2):
        s += a * b
    for a, b in itertools.combinations('abcdefghijkl', 2):
        s += a < b
    return s


def map_filter_reduce():
    numbers = list(range(1500))
    doubled = list(map(lambda x: x * 2, numbers))
    even = list(filter(lambda x: x % 4 == 0, doubled))
    words = list(map(str, even))
    pairs = list(zip(numbers, doubled, words))
    return sum(map(int, words)) + len(pairs) + any(map(lambda x: x > 2990, doubled)) + all(x >= 0 for x in even)


def number_digits():
    s = 0
    for n in range(1500):
        s += sum(int(c) for c in str(n))
        s += int(str(n)[::-1]) + int(bin(n)[2:], 2)
    return s


def star_patterns():
    rows = []
    for i in range(1, 60):
        rows.append(' ' * (60 - i) + '*' * (2 * i - 1))
        rows.append('-'.join(str(k) for k in range(i)))
    return len('\n'.join(rows))


def inventory():
    stock = {}
    for i in range(600):
        name = 'part-%02d' % (i % 40)
        item = stock.setdefault(name, {'count': 0, 'price': 1.5, 'tags': []})
        item['count'] += i
        item['tags'].append(i)
    total = 0
    for name, item in stock.items():
        total += item['count'] * item['price'] + len(item['tags'])
    for name in sorted(stock.keys()):
        if stock[name]['count'] > 4000:
            del stock[name]
    return total, len(stock)


def stack_calculator():
    tokens = '3 4 + 2 * 7 / 5 6 - * 2 + 8 9 * -'.split() * 20
    tokens = tokens[:19]
    s = 0
    for k in range(40):
        stack = []
        for t in tokens:
            if t in '+-*/':
                b, a = stack.pop(), stack.pop() if len(stack) > 0 else 0
                if t == '+':
                    stack.append(a + b)
                elif t == '-':
                    stack.append(a - b)
                elif t == '*':
                    stack.append(a * b)
                else:
                    stack.append(a / b)
            else:
                stack.append(int(t))
        s += stack[-1]
    return s


TASKS = [value for name, value in list(globals().items())
         if callable(value) and not isinstance(value, type) and name not in {'countdown', 'fibonacci_numbers'}]

for task in TASKS:
    if len(sys.argv) > 2 and task.__name__ not in sys.argv[2:]:
        continue
    times = []
    began = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - began < SECONDS:
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    print('%-26s %.6f %.6f' % (task.__name__, min(times[len(times) // 2:]), times[0]))
