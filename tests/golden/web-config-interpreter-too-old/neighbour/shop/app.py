"""A shop that sells nothing."""


def greet(name):
    return f"hello {name}"


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"nothing for sale"]
