def main(request=None, response=None):
    return []
