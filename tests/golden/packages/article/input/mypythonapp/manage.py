#!/usr/bin/env python
from django.core.management import execute_manager
import imp
try:
    imp.find_module('DjangoApplication.settings')
except ImportError:
    import sys
    sys.exit(1)

import DjangoApplication.settings

if __name__ == "__main__":
    execute_manager(DjangoApplication.settings)
