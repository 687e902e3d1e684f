from . import inner
from .inner import deep as renamed
name = 'pkg'
