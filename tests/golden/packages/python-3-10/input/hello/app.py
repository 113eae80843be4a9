def application(environ, start_response):
    match environ["PATH_INFO"]:
        case "/":
            start_response("200 OK", [])
            return [b"hello"]
        case _:
            start_response("404 Not Found", [])
            return [b""]
