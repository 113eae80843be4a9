def get_venv_handler():
    import guestbook

    return guestbook.application
