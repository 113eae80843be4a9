from html import escape


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html")])
    return [escape(environ["QUERY_STRING"]).encode()]
