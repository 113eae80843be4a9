"""Checks that a ZIP holds every file of a folder: python3 verify.py ZIP FOLDER PREFIX < EXCEPT.

PREFIX stands before each path in the ZIP. EXCEPT is a JSON list of paths below FOLDER, of files and
folders, that are not expected there. Prints how many files were compared; ends with 1 when one differs.
"""

import json
import os
import sys
import zipfile
import zlib


def main() -> int:
    name, folder, prefix = sys.argv[1:4]
    missing_by_design = json.load(sys.stdin)
    compared = 0
    with zipfile.ZipFile(name) as package:
        damaged = package.testzip()
        if damaged:
            print(f"{damaged} is damaged")
            return 1
        sums = {info.filename: info.CRC for info in package.infolist()}
    for base, _, files in os.walk(folder):
        for file in files:
            path = os.path.join(base, file)
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            if any(relative == other or relative.startswith(other + "/") for other in missing_by_design):
                continue
            with open(path, "rb") as source:
                expected = zlib.crc32(source.read())
            if sums.get(prefix + relative) != expected:
                print(f"{relative} is missing or differs")
                return 1
            compared += 1
    print(compared)
    return 0


sys.exit(main())
