def get_venv_handler():
    import app

    return app.application
