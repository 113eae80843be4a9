def application(environ, start_response, *, greeting="hello"):
    start_response("200 OK", [])
    return [greeting.encode()]
