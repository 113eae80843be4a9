import os

from waitress import serve

from app import application

serve(application, port=int(os.environ["PORT"]))
