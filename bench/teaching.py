# What teaching scripts do with the language and its library, timed as bench/interpreter.py times its tasks:
#   nn bench/teaching.py [SECONDS [TASK …]]        python3 bench/teaching.py [SECONDS [TASK …]]
import functools
import heapq
import itertools
import json
import math
import random
import re
import string
import sys
import time
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0

WORDS = ('It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, '
         'it was the epoch of belief, it was the epoch of incredulity, it was the season of Light. ' * 6).split()
PROSE = ' '.join(WORDS)


# Lists and matrices

def transpose():
    m = [[i * 10 + j for j in range(30)] for i in range(30)]
    for k in range(10):
        m = [[row[j] for row in m] for j in range(len(m[0]))]
    for k in range(10):
        m = [list(column) for column in zip(*m)]
    return m[3][4]


def gauss():
    n = 14
    a = [[1.0 / (i + j + 1) + (i == j) for j in range(n)] + [float(i)] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[pivot] = a[pivot], a[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            for c in range(i, n + 1):
                a[r][c] -= f * a[i][c]
    x = [0.0] * n
    for i in range(n - 1, -1, -1):
        x[i] = (a[i][n] - sum(a[i][c] * x[c] for c in range(i + 1, n))) / a[i][i]
    return x[0]


def queue_by_list():
    q = []
    s = 0
    for i in range(3000):
        q.insert(0, i)
        if len(q) > 20:
            s += q.pop()
            s += q.pop(0)
    while q:
        s += q.pop(len(q) // 2)
    return s


def list_methods():
    s = 0
    for i in range(2000):
        x = [3, 1, 2]
        x.extend([i, i + 1])
        x.remove(2)
        s += x.index(i) + x.count(1) + len(x * 2) + (i in x) + x[-2:][0]
        x[1:3] = [7, 8, 9]
        del x[0]
        y = x.copy()
        y.clear()
    return s


def insertion_sort():
    x = [(i * 7919) % 997 for i in range(150)]
    for i in range(1, len(x)):
        v = x[i]
        j = i - 1
        while j >= 0 and x[j] > v:
            x[j + 1] = x[j]
            j -= 1
        x[j + 1] = v
    return x[5]


def merge_sort():
    def sort(x):
        if len(x) < 2:
            return x
        half = len(x) // 2
        a, b = sort(x[:half]), sort(x[half:])
        out = []
        i = j = 0
        while i < len(a) and j < len(b):
            if a[i] <= b[j]:
                out.append(a[i])
                i += 1
            else:
                out.append(b[j])
                j += 1
        return out + a[i:] + b[j:]

    return sort([(i * 7919) % 10007 for i in range(1500)])[7]


def records_sorted():
    people = [{'name': 'n%d' % (i * 37 % 101), 'age': i * 13 % 80, 'score': i * 7 % 31 / 3.0} for i in range(300)]
    a = sorted(people, key=lambda p: (p['age'], p['name']))
    b = sorted(people, key=lambda p: p['score'], reverse=True)
    people.sort(key=lambda p: p['name'])
    return a[0]['age'] + b[0]['score'] + len([p for p in people if p['age'] > 40 and p['name'] < 'n5'])


def reversing():
    x = list(range(300))
    s = 0
    for k in range(20):
        for v in reversed(x):
            s += v
        for i in range(len(x) - 1, -1, -1):
            s -= x[i]
        for a, b, c in zip(x, x[1:], reversed(x)):
            s += a * b - c
        s += sum(x[::-1][:5]) + sorted(x, reverse=True)[3]
    return s


def pascal():
    row = [1]
    for k in range(120):
        row = [1] + [row[i] + row[i + 1] for i in range(len(row) - 1)] + [1]
    return row[60] % 1000007


def knapsack():
    weights = [3, 4, 5, 9, 14, 7, 8, 2]
    values = [3, 4, 4, 10, 15, 8, 9, 1]
    cap = 60
    table = [[0] * (cap + 1) for _ in range(len(weights) + 1)]
    for i in range(1, len(weights) + 1):
        for w in range(cap + 1):
            table[i][w] = table[i - 1][w]
            if weights[i - 1] <= w:
                table[i][w] = max(table[i][w], table[i - 1][w - weights[i - 1]] + values[i - 1])
    return table[-1][-1]


def flood():
    grid = [['#' if (x * 7 + y * 13) % 5 == 0 else '.' for x in range(30)] for y in range(30)]
    todo = [(1, 1)]
    seen = set()
    while todo:
        x, y = todo.pop()
        if (x, y) in seen or not (0 <= x < 30 and 0 <= y < 30) or grid[y][x] == '#':
            continue
        seen.add((x, y))
        for dx, dy in [(1, 0), (-1, 0), (0, 1), (0, -1)]:
            todo.append((x + dx, y + dy))
    return len(seen)


def tic_tac_toe():
    lines = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]

    def winner(b):
        for i, j, k in lines:
            if b[i] != ' ' and b[i] == b[j] == b[k]:
                return b[i]
        return None

    def play(b, who):
        w = winner(b)
        if w:
            return 1 if w == 'X' else -1
        free = [i for i, c in enumerate(b) if c == ' ']
        if not free:
            return 0
        scores = []
        for i in free:
            b[i] = who
            scores.append(play(b, 'O' if who == 'X' else 'X'))
            b[i] = ' '
        return max(scores) if who == 'X' else min(scores)

    return play(list('XO  X  O '), 'X')


# Dicts, sets and collections

def grouping():
    by_length = {}
    for w in WORDS:
        key = len(w)
        if key not in by_length:
            by_length[key] = []
        by_length[key].append(w)
    by_first = defaultdict(list)
    for w in WORDS:
        by_first[w[0].lower()].append(w)
    return sum(len(v) for v in by_length.values()) + len(by_first)


def counting():
    c = Counter(WORDS)
    d = defaultdict(int)
    for ch in PROSE:
        d[ch] += 1
    e = Counter(PROSE)
    return c.most_common(3)[0][1] + d['e'] + e['t'] + sum(c.values())


def dict_methods():
    d = {'a%d' % i: i for i in range(200)}
    s = 0
    for k in range(10):
        for key in d:
            s += d[key]
        for key, value in sorted(d.items()):
            s += value
        e = dict(d)
        e.update({'b': 1, 'c': 2})
        s += e.pop('b') + len(e) + max(d.values()) + (('a5' in e) and 1)
        inverse = {v: k2 for k2, v in d.items()}
        del e['c']
        s += len(inverse) + len({**d, 'x': 1})
    return s


def graph_search():
    graph = {i: [(i * 3 + 1) % 200, (i * 7 + 2) % 200, (i + 1) % 200] for i in range(200)}
    total = 0
    for start in range(0, 200, 20):
        seen = {start: 0}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for n in graph[node]:
                if n not in seen:
                    seen[n] = seen[node] + 1
                    queue.append(n)
        total += max(seen.values())
    return total


def dijkstra():
    graph = {i: {(i * 3 + 1) % 150: i % 7 + 1, (i * 5 + 2) % 150: i % 5 + 2, (i + 1) % 150: 9} for i in range(150)}
    best = {n: float('inf') for n in graph}
    best[0] = 0
    heap = [(0, 0)]
    while heap:
        d, n = heapq.heappop(heap)
        if d > best[n]:
            continue
        for m, w in graph[n].items():
            if d + w < best[m]:
                best[m] = d + w
                heapq.heappush(heap, (d + w, m))
    return sum(best.values())


def heaps():
    h = []
    for i in range(1500):
        heapq.heappush(h, i * 7919 % 1009)
    s = 0
    while h:
        s = s * 3 % 1009 + heapq.heappop(h)
    return s + sum(heapq.nlargest(5, range(500)))


def deques():
    d = deque(maxlen=50)
    s = 0
    for i in range(5000):
        d.append(i)
        if i % 3 == 0:
            d.rotate(1)
        s += d[0] + len(d)
        if i % 7 == 0:
            s += (d.popleft() if len(d) > 1 else 0) + d.pop()
            d.appendleft(3)
    return s


def set_algebra():
    s = 0
    for i in range(400):
        a = {x * i % 31 for x in range(12)}
        b = set(range(i % 10, i % 10 + 12))
        s += len(a & b) + len(a | b) * len(a - b) + len(a ^ b) + (a <= b) + a.issubset(b) + len(frozenset(a))
        a.discard(3)
        a.update([1, 2])
    return s


def components():
    parent = list(range(1000))

    def find(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for i in range(1500):
        a, b = find(i * 17 % 1000), find(i * 31 % 1000)
        if a != b:
            parent[a] = b
    return len({find(i) for i in range(1000)})


def named_tuples():
    P = namedtuple('P', 'x y z')
    s = 0
    points = [P(i, i * 2, z=i * 3) for i in range(500)]
    for p in points:
        s += p.x + p.y * p.z
        x, y, z = p
        s += x - p[1]
    return s + len(set(points))


def lru():
    cache = OrderedDict()
    hits = 0
    for i in range(3000):
        k = i * i % 97
        if k in cache:
            cache.move_to_end(k)
            hits += 1
        else:
            cache[k] = i
            if len(cache) > 20:
                cache.popitem(last=False)
    return hits


# Text

def caesar():
    out = ''
    for c in PROSE:
        if c.isupper():
            out += chr((ord(c) - 65 + 3) % 26 + 65)
        elif c.islower():
            out += chr((ord(c) - 97 + 3) % 26 + 97)
        else:
            out += c
    return out


def tokens():
    text = 'x1 = 3.5 * (y + 42) - foo / 7; ' * 10
    out = []
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit():
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == '.'):
                j += 1
            out.append(('num', float(text[i:j])))
            i = j
        elif c.isalpha() or c == '_':
            j = i
            while j < len(text) and text[j].isalnum():
                j += 1
            out.append(('name', text[i:j]))
            i = j
        else:
            out.append(('op', c))
            i += 1
    return len(out)


def csv_lines():
    lines = ['%d,name%d,%.2f,%s' % (i, i, i / 3, 'yes' if i % 2 else 'no') for i in range(400)]
    total = 0.0
    names = []
    for line in '\n'.join(lines).split('\n'):
        fields = line.strip().split(',')
        total += int(fields[0]) * float(fields[2])
        if fields[3] == 'yes':
            names.append(fields[1].upper())
    return total, len(names)


def tables():
    out = []
    for i in range(400):
        out.append('|' + str(i).rjust(6) + '|' + ('item' + str(i)).ljust(12) + '|' + 'ok'.center(8) + '|' + '%6.2f' % (i / 7) + '|')
        out.append(f'{i:>5}|{i * 1.5:<10.3f}|{"abc":^9}|{i:,}|{i / 400:.1%}')
        out.append('Name: {}, Age: {:d}, Height: {h:.2f}'.format('Bob', i, h=i / 100))
        out.append('epoch %d, loss %g, accuracy %s' % (i, i * 0.37, i / 400))
    return len('\n'.join(out))


def printing_values():
    n = 0
    for i in range(800):
        n += len(str([i, i + 0.5, 'a'])) + len(repr({'k': i, 't': (1, None)})) + len(str(i / 7)) + len(str(True))
    return n


def normalised():
    counts = {}
    for w in WORDS:
        w = w.strip('.,;!?').lower()
        if w.isalpha() and w not in ('the', 'of'):
            counts[w] = counts.get(w, 0) + 1
    return sorted(counts, key=counts.get, reverse=True)[:3] + [' '.join(w.capitalize() for w in WORDS[:200])[:9]]


def roman():
    pairs = [(1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'),
             (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')]
    values = {'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100, 'D': 500, 'M': 1000}
    s = 0
    for n in range(1, 700):
        text, rest = '', n
        for v, letters in pairs:
            while rest >= v:
                text += letters
                rest -= v
        total = 0
        for a, b in zip(text, text[1:] + ' '):
            if values[a] < values.get(b, 0):
                total -= values[a]
            else:
                total += values[a]
        s += total == n
    return s


def anagrams():
    table = {}
    for w in WORDS:
        table.setdefault(''.join(sorted(w)), set()).add(w)
    return max(len(v) for v in table.values())


def vowels_and_slices():
    n = 0
    for w in WORDS:
        n += sum(1 for c in w if c in 'aeiou') + w.count('e') + (w[0] == w[-1]) + w.endswith('s') + len(w[1:-1])
        if w == w[::-1]:
            n += 1
        w = w.replace('t', 'T')
        n += 'T' in w
    return n


def binary_text():
    n = 0
    for i in range(2000):
        b = bin(i)[2:]
        n += b.count('1') + int(b, 2) + len(hex(i)) + len(format(i, '08b')) + len(b.zfill(12))
    return n


def regexes():
    n = 0
    word = re.compile(r'(\w+)\s+(\w+)')
    for k in range(20):
        text = 'user%d@example.com sent 42 mails on 2024-01-%02d to bob' % (k, k + 1)
        m = re.search(r'(\w+)@(\w+)\.com', text)
        n += len(m.group(1)) + len(re.findall(r'\d+', text)) + len(re.sub(r'[aeiou]', '*', text)) + len(re.split(r'\W+', text))
        n += len(word.match('hello world').groups())
        for hit in re.finditer(r'[a-z]+', text):
            n += hit.start()
    return n


def jsons():
    data = {'name': 'net', 'layers': [{'units': 10 * i, 'activation': 'relu', 'rate': i / 7} for i in range(20)], 'ok': True, 'x': None}
    n = 0
    for k in range(10):
        text = json.dumps(data)
        n += len(text) + len(json.loads(text)['layers'])
    return n


def byte_strings():
    data = bytes(range(256)) * 4
    s = 0
    for b in data:
        s = (s * 31 + b) & 0xffffffff
    out = bytearray()
    for i in range(2000):
        out.append((i * 7) & 255)
    return s + sum(out) + len(data[10:20].hex()) + len('héllo wörld'.encode('utf-8').decode('utf-8'))


# Functions

def spread_arguments():
    def total(first, *rest, scale=1, **named):
        s = first
        for v in rest:
            s += v * scale
        for k in named:
            s += named[k]
        return s

    def outer(*args, **kwargs):
        return total(*args, **kwargs)

    s = 0
    for i in range(3000):
        s += outer(1, 2, i, scale=2, a=3, b=4) + total(*[1, 2, 3], **{'a': i})
    return s


def decorated():
    def count(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            wrapper.calls += 1
            return f(*args, **kwargs)
        wrapper.calls = 0
        return wrapper

    @count
    def add(a, b=1):
        return a + b

    s = 0
    for i in range(5000):
        s += add(i) + add(i, b=2)
    return s + add.calls


def memoized():
    s = 0
    for k in range(10):
        @functools.lru_cache(maxsize=None)
        def fib(n):
            return n if n < 2 else fib(n - 1) + fib(n - 2)

        @functools.lru_cache(maxsize=None)
        def paths(x, y):
            return 1 if x == 0 or y == 0 else paths(x - 1, y) + paths(x, y - 1)

        s += fib(80) % 1000 + paths(12, 12)
    return s


def reducing():
    s = 0
    for k in range(100):
        s += functools.reduce(lambda a, b: a + b, range(50)) + functools.reduce(lambda a, b: a if a > b else b, [3, 1, k])
        f = functools.partial(pow, 2)
        s += f(10) + sum(map(lambda a, b: a * b, range(20), range(20)))
    return s


def composed():
    def compose(*fs):
        def run(x):
            for f in fs:
                x = f(x)
            return x
        return run

    f = compose(lambda x: x + 1, lambda x: x * 2, abs, lambda x: x % 1001)
    s = 0
    for i in range(5000):
        s += f(i)
    return s


def iterating():
    n = 0
    for a, b in itertools.product(range(30), range(30)):
        n += a * b
    for p in itertools.permutations(range(5)):
        n += p[0]
    for c in itertools.combinations(range(12), 3):
        n += sum(c)
    for k, g in itertools.groupby(sorted(x % 7 for x in range(300))):
        n += k * len(list(g))
    for x in itertools.chain([1, 2], range(100), itertools.islice(itertools.count(5), 100)):
        n += x
    for x in itertools.accumulate(range(200)):
        n += x
    for a, b in itertools.zip_longest(range(100), range(80), fillvalue=0):
        n += a - b
    return n


def fibonacci_generator():
    def fibs():
        a, b = 0, 1
        while True:
            yield a
            a, b = b, (a + b) % 1000007

    s = 0
    for k in range(10):
        for i, f in zip(range(300), fibs()):
            s += f
        g = fibs()
        s += sum(next(g) for _ in range(300))
    return s


# Classes

class Money:
    def __init__(self, amount, currency='EUR'):
        self.amount = amount
        self.currency = currency

    def __eq__(self, other):
        return isinstance(other, Money) and (self.amount, self.currency) == (other.amount, other.currency)

    def __hash__(self):
        return hash((self.amount, self.currency))

    def __lt__(self, other):
        return self.amount < other.amount

    def __repr__(self):
        return 'Money(%r, %r)' % (self.amount, self.currency)


def hashed_objects():
    purse = [Money(i % 50, 'USD' if i % 3 else 'EUR') for i in range(600)]
    counts = {}
    for m in purse:
        counts[m] = counts.get(m, 0) + 1
    return len(counts) + len(set(purse)) + min(purse).amount + sorted(purse)[-1].amount + len(repr(purse[0])) + (purse[3] in purse)


class Matrix:
    def __init__(self, rows, columns, fill=0):
        self.rows, self.columns = rows, columns
        self.data = [[fill] * columns for _ in range(rows)]

    def __getitem__(self, at):
        i, j = at
        return self.data[i][j]

    def __setitem__(self, at, value):
        self.data[at[0]][at[1]] = value

    def __len__(self):
        return self.rows

    def __matmul__(self, other):
        out = Matrix(self.rows, other.columns)
        for i in range(self.rows):
            for j in range(other.columns):
                out[i, j] = sum(self[i, k] * other[k, j] for k in range(self.columns))
        return out

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, value):
        return any(value in row for row in self.data)


def matrix_class():
    a, b = Matrix(10, 10), Matrix(10, 10, 2)
    for i in range(len(a)):
        for j in range(10):
            a[i, j] = i - j
    c = a @ b
    return c[3, 4] + sum(sum(row) for row in c) + (7 in c)


class Animal:
    count = 0

    def __init__(self, name, sound):
        self.name = name
        self.sound = sound
        self._energy = 10
        Animal.count += 1

    @property
    def energy(self):
        return self._energy

    @energy.setter
    def energy(self, value):
        if value < 0:
            raise ValueError('no energy')
        self._energy = value

    def speak(self):
        return self.name + ' says ' + self.sound

    def __str__(self):
        return f'{type(self).__name__} {self.name}'


class Dog(Animal):
    def __init__(self, name):
        super().__init__(name, 'woof')
        self.tricks = []

    def learn(self, trick):
        self.tricks.append(trick)
        return self

    def speak(self):
        return super().speak() + '!'


class Puppy(Dog):
    def speak(self):
        return super().speak().lower()


def zoo():
    n = 0
    for i in range(1000):
        pet = Puppy('Rex') if i % 2 else Dog('Bo')
        pet.learn('sit').learn('roll')
        pet.energy = pet.energy - 3
        n += len(pet.speak()) + len(str(pet)) + pet.energy + hasattr(pet, 'tricks') + getattr(pet, 'age', 4)
        try:
            pet.energy -= 100
        except ValueError:
            n += 1
    return n


class Node:
    __slots__ = ('value', 'next')

    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class LinkedList:
    def __init__(self):
        self.head = None
        self.size = 0

    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1

    def reverse(self):
        previous, node = None, self.head
        while node is not None:
            node.next, previous, node = previous, node, node.next
        self.head = previous

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next

    def __len__(self):
        return self.size


def linked_lists():
    x = LinkedList()
    for i in range(1000):
        x.push(i)
    for k in range(5):
        x.reverse()
    return sum(x) + len(x) + sum(1 for v in x if v % 2)


class Leaf:
    def __init__(self, key):
        self.key = key
        self.left = self.right = None


def search_tree():
    def insert(node, key):
        if node is None:
            return Leaf(key)
        if key < node.key:
            node.left = insert(node.left, key)
        elif key > node.key:
            node.right = insert(node.right, key)
        return node

    def ordered(node):
        return ordered(node.left) + [node.key] + ordered(node.right) if node else []

    root = None
    for i in range(300):
        root = insert(root, i * 7919 % 1009)
    return ordered(root)[7]


class Stack:
    def __init__(self):
        self._items = []

    def push(self, item):
        self._items.append(item)

    def pop(self):
        if self.is_empty():
            raise IndexError('pop from an empty stack')
        return self._items.pop()

    def is_empty(self):
        return len(self._items) == 0


def calculator():
    operations = {'+': lambda a, b: a + b, '-': lambda a, b: a - b, '*': lambda a, b: a * b, '/': lambda a, b: a / b}
    total = 0
    for k in range(200):
        stack = Stack()
        for token in ('%d 3 + 4 * 2 / 7 - 5 2 * +' % k).split():
            if token in operations:
                b, a = stack.pop(), stack.pop()
                stack.push(operations[token](a, b))
            else:
                stack.push(float(token))
        total += stack.pop()
    return total


class Value:
    """A number that knows its derivative, as lectures on backpropagation have it."""

    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self._prev = set(children)
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = backward
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,))

        def backward():
            self.grad += (1 - t * t) * out.grad

        out._backward = backward
        return out

    def backward(self):
        order, seen = [], set()

        def visit(v):
            if v not in seen:
                seen.add(v)
                for c in v._prev:
                    visit(c)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            v._backward()

    __radd__ = __add__
    __rmul__ = __mul__


def autodiff():
    ws = [Value(0.1 * i) for i in range(10)]
    for step in range(10):
        y = Value(0.0)
        for i, w in enumerate(ws):
            y = y + w * (0.5 - 0.1 * i)
        y = y.tanh()
        for w in ws:
            w.grad = 0.0
        y.backward()
        for w in ws:
            w.data -= 0.1 * w.grad
    return y.data


class Timer:
    def __enter__(self):
        self.n = 0
        return self

    def __exit__(self, kind, value, trace):
        self.n += 1
        return kind is KeyError


def contexts():
    s = 0
    for i in range(2000):
        with Timer() as t:
            s += i
            if i % 4 == 0:
                {}['x']
        s += t.n
    return s


# Numbers

def bits():
    s = 0
    for i in range(5000):
        x = i
        while x:
            s += x & 1
            x >>= 1
        s ^= (i << 3) | (i & 0x0f)
        a, b = divmod(i, 7)
        s += a - b + (~i & 31) + -i // 3 + -i % 5
    return s


def primality():
    def is_prime(n):
        if n < 2:
            return False
        for i in range(2, int(n ** 0.5) + 1):
            if n % i == 0:
                return False
        return True

    return sum(1 for n in range(3000) if is_prime(n)) + len([n for n in range(2, 500) if all(n % d for d in range(2, n))])


def digits():
    s = 0
    for i in range(3000):
        s += sum(int(c) for c in str(i)) + len(str(i * i))
        n = i
        while n > 0:
            n, d = divmod(n, 10)
            s += d ** 3
    return s


def factorials():
    s = 0
    for n in range(1, 80):
        f = 1
        for i in range(2, n + 1):
            f *= i
        s += len(str(f)) + sum(int(c) for c in str(f))
    return s + math.factorial(100) % 1009


def big_fib():
    a, b = 0, 1
    for i in range(3000):
        a, b = b, a + b
    return a % 10 ** 9


def powers():
    s = 0
    for i in range(1, 300):
        s += pow(i, 1000003, 1000000007) + pow(7, i, 13) + 2 ** i % 97 + (3 ** 80 // i) % 11
    return s


def rsa():
    p, q, e = 1000000007, 998244353, 65537
    n, phi = p * q, (p - 1) * (q - 1)

    def inverse(a, m):
        x, y, m0 = 1, 0, m
        while a > 1:
            k = a // m
            a, m = m, a % m
            x, y = y, x - k * y
        return x % m0

    d = inverse(e, phi)
    s = 0
    for i in range(60):
        s += pow(pow(i + 12345, e, n), d, n)
    return s


def pi_digits():
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    out = []
    while len(out) < 150:
        if 4 * q + r - t < n * t:
            out.append(n)
            nr = 10 * (r - n * t)
            n = 10 * (3 * q + r) // t - 10 * n
            q *= 10
            r = nr
        else:
            nr = (2 * q + r) * l
            nn = (q * 7 * k + 2 + r * l) // (t * l)
            q *= k
            t *= l
            l += 2
            k += 1
            n = nn
            r = nr
    return out[-1]


def monte_carlo():
    random.seed(3)
    hits = 0
    for i in range(8000):
        x, y = random.random(), random.random()
        if x * x + y * y <= 1:
            hits += 1
    return 4 * hits / 8000


def dice():
    random.seed(4)
    counts = [0] * 13
    names = ['a', 'b', 'c']
    for i in range(2000):
        counts[random.randint(1, 6) + random.randint(1, 6)] += 1
        counts[0] += len(random.choice(names))
        counts[1] += random.uniform(-1, 1) > 0
        counts[1] += random.gauss(0, 1) > 0
    x = list(range(200))
    random.shuffle(x)
    return counts[7] + x[0] + sum(random.sample(x, 10))


def math_functions():
    s = 0.0
    for i in range(1, 4000):
        x = i / 100
        s += math.sin(x) * math.cos(x) + math.exp(-x) + math.log(x) + math.sqrt(x) + math.floor(x) + math.pi
    return s


def sigmoid_net():
    def sigmoid(x):
        return 1 / (1 + math.exp(-x))

    random.seed(1)
    w1 = [[random.uniform(-1, 1) for _ in range(3)] for _ in range(4)]
    w2 = [random.uniform(-1, 1) for _ in range(4)]
    data = [([0, 0, 1], 0), ([0, 1, 1], 1), ([1, 0, 1], 1), ([1, 1, 1], 0)]
    for epoch in range(60):
        for x, t in data:
            h = [sigmoid(sum(w * v for w, v in zip(row, x))) for row in w1]
            o = sigmoid(sum(w * v for w, v in zip(w2, h)))
            d = (o - t) * o * (1 - o)
            for j in range(4):
                dh = d * w2[j] * h[j] * (1 - h[j])
                w2[j] -= 0.5 * d * h[j]
                for i in range(3):
                    w1[j][i] -= 0.5 * dh * x[i]
    return o


def least_squares():
    xs = [i / 10 for i in range(100)]
    ys = [2 * x + 1 + math.sin(x) for x in xs]
    m = b = 0.0
    for epoch in range(40):
        dm = db = 0.0
        for x, y in zip(xs, ys):
            e = m * x + b - y
            dm += e * x
            db += e
        m -= 0.01 * dm / len(xs)
        b -= 0.01 * db / len(xs)
    return m, sum((m * x + b - y) ** 2 for x, y in zip(xs, ys)) / len(xs)


def statistics_by_hand():
    data = [(i * 7919 % 1009) / 10 for i in range(500)]
    s = 0.0
    for k in range(10):
        mean = sum(data) / len(data)
        variance = sum((x - mean) ** 2 for x in data) / (len(data) - 1)
        ordered = sorted(data)
        median = (ordered[249] + ordered[250]) / 2
        s += mean + math.sqrt(variance) + median + max(data) - min(data) + round(mean, 2)
        s += max(set(data), key=data.count) if k == 0 else 0
    return s


def k_means():
    points = [((i * 7919 % 1009) / 100, (i * 104729 % 997) / 100) for i in range(150)]
    centers = points[:4]
    for k in range(5):
        clusters = [[] for _ in centers]
        for p in points:
            distances = [math.sqrt((p[0] - c[0]) ** 2 + (p[1] - c[1]) ** 2) for c in centers]
            clusters[distances.index(min(distances))].append(p)
        centers = [(sum(p[0] for p in c) / len(c), sum(p[1] for p in c) / len(c)) if c else centers[i] for i, c in enumerate(clusters)]
    return centers[0]


def complex_roots():
    s = 0
    for k in range(300):
        z = complex(k % 7 + 0.5, k % 5 - 2.2)
        for i in range(10):
            z = z - (z ** 3 - 1) / (3 * z * z)
        s += abs(z) + z.real + z.conjugate().imag
    return s


# Small programs as students write them

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


# Functions that others call are no tasks.
TASKS = [value for name, value in list(globals().items()) if callable(value) and type(value) is type(transpose) and value.__module__ == __name__]

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
