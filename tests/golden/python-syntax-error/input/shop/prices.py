def price(:
    return 1
