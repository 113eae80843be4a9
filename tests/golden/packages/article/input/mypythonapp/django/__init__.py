VERSION = (1, 3, 7, 'final', 0)
