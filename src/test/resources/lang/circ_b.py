import circ_a
z = circ_a.x + 1
try:
    from circ_a import y
except ImportError as e:
    print('ImportError')
