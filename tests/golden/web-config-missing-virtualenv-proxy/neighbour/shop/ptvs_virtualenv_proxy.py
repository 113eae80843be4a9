def get_virtualenv_handler():
    return None
