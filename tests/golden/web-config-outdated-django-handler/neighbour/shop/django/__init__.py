VERSION = (1, 6, 5, "final", 0)
