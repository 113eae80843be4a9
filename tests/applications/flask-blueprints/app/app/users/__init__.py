from flask import Blueprint

bp = Blueprint('users', __name__, static_folder='static', static_url_path='/assets')

from app.users import routes  # noqa: E402,F401
