class WSGIHandler(object):
    pass
