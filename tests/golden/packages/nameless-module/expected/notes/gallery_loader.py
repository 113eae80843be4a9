"""Loads `my-notes.py`, which cannot be imported under its name, and takes its `application`.

Written while the application was packaged.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MODULE = os.path.join(HERE, "my-notes.py")
NAME = "gallery_my_notes"

try:
    from importlib.util import module_from_spec, spec_from_file_location
except ImportError:  # before Python 3.5
    import imp

    module = imp.load_source(NAME, MODULE)
else:
    spec = spec_from_file_location(NAME, MODULE)
    module = module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)

application = module.application
