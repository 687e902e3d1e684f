"""A module beside the script."""
print('loading', __name__)
VALUE = 10
_private = 1
counter = 0
def bump():
    global counter
    counter += 1
    return counter
class Thing:
    def __repr__(self): return 'Thing from ' + __name__
if __name__ == '__main__':
    print('not when imported')
