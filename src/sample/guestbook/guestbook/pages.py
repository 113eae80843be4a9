"""The pages of the guestbook."""

try:
    from html import escape
    from urllib.parse import parse_qs
except ImportError:  # Python 2
    from cgi import escape
    from urlparse import parse_qs

PAGE = u"""<!doctype html>
<html lang="en">
<title>Guestbook</title>
<link rel="stylesheet" href="/static/style.css">
<h1>Welcome, %s</h1>
<form><label>Your name <input name="name"></label> <button>Sign</button></form>
</html>
"""


def page(path, query):
    """The status line and the body of the page at a path."""
    if path not in ("/", ""):
        return "404 Not Found", b"There is no such page."
    names = parse_qs(query).get("name", ["stranger"])
    return "200 OK", (PAGE % escape(names[0])).encode("utf-8")
