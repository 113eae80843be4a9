VERSION = (1, 11, 29, "final", 0)
