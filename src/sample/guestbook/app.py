"""The entry point of the guestbook: what a WSGI server calls."""

from guestbook.pages import page


def application(environ, start_response):
    """Answers every address with a page that greets whoever the query string names."""
    status, body = page(environ.get("PATH_INFO", "/"), environ.get("QUERY_STRING", ""))
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]


if __name__ == "__main__":
    from wsgiref.simple_server import make_server

    make_server("127.0.0.1", 8000, application).serve_forever()
