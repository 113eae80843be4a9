"""The pages of the shelf."""
from flask import Blueprint, request

shelf = Blueprint("shelf", __name__)


@shelf.route("/")
def index():
    """Says which book was asked for."""
    return "You asked for %s." % request.args.get("title", "nothing")
