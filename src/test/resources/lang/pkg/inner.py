from pkg import other
from .other import O
def deep(): return 'deep ' + O + other.O
