"""Starts the development server on the port that IIS names, as Visual Studio's project does."""

import argparse

from waitress import serve

from shelf.web import ROOT, Shelf

if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int, default=5555)
    serve(Shelf(ROOT), listen='127.0.0.1:%d' % parser.parse_args().port)
