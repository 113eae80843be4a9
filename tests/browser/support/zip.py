"""Compares a package with the folder it was made from. The expectations come as JSON on the standard input.

usage: zip.py PACKAGE.zip FOLDER < {"appFolder": ..., "leftOut": [path], "changed": [path]}
"""

import json
import os
import sys
import time
import zipfile

package, folder = sys.argv[1:]
expected = json.load(sys.stdin)
wrong = []
compared = folders = 0


def left_out(path):
    return any(path == one or path.startswith(one + "/") for one in expected["leftOut"])


with zipfile.ZipFile(package) as archive:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    by_name = {entry.filename: entry for entry in entries}
    if len(by_name) != len(names):
        wrong.append("a name comes twice")
    bad = archive.testzip()
    if bad:
        wrong.append("CRC of %s" % bad)
    seen = set()
    for parent, children, files in os.walk(folder):
        inside = os.path.relpath(parent, folder).replace(os.sep, "/")
        inside = "" if inside == "." else inside + "/"
        children[:] = [child for child in children if not left_out(inside + child)]
        if inside and not children and not files:
            folders += 1
            if expected["appFolder"] + "/" + inside not in by_name:
                wrong.append("empty folder %s is missing" % inside)
        for name in files:
            path = inside + name
            if left_out(path):
                continue
            entry = by_name.get(expected["appFolder"] + "/" + path)
            seen.add(expected["appFolder"] + "/" + path)
            if entry is None:
                wrong.append("%s is missing" % path)
                continue
            compared += 1
            place = os.path.join(parent, name)
            if path not in expected["changed"] and archive.read(entry) != open(place, "rb").read():
                wrong.append("%s has other bytes" % path)
            then = time.mktime(entry.date_time + (0, 0, -1))
            if path not in expected["changed"] and abs(then - os.stat(place).st_mtime) > 2:
                wrong.append("%s has another time" % path)
    extra = [name for name in names if not name.endswith("/") and name not in seen]
print(json.dumps({"wrong": wrong, "compared": compared, "emptyFolders": folders, "extra": extra, "entries": len(names)}))
