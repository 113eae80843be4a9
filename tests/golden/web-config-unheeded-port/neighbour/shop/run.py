import os

port = os.environ["HTTP_PLATFORM_PORT"]
