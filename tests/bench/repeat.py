"""Makes a package of a number of entries: python3 repeat.py PACKAGE COUNT OUT.

Takes the entries of PACKAGE, and as many of its application once more, in folders `copy1`, `copy2` and so on of it, as
are missing. The headers are those of Web Deploy's own packages; the same package gives the same bytes.
"""

import sys
import zipfile
from itertools import count


def main() -> None:
    package, wanted, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(out, "w") as new:
        infos = old.infolist()
        app = [info for info in infos if "/" in info.filename]
        root, inside = app[0], app[1:]

        def put(name: str, info: zipfile.ZipInfo) -> None:
            own = zipfile.ZipInfo(name, info.date_time)
            own.compress_type, own.external_attr = info.compress_type, info.external_attr
            own.create_system, own.create_version, own.extract_version = 0, 20, 20
            new.writestr(own, old.read(info))

        for info in infos[:wanted]:
            put(info.filename, info)
        for number in count(1):
            left = wanted - len(new.infolist())
            if left <= 0:
                return
            folder = f"{root.filename}copy{number}/"
            put(folder, root)
            for info in inside[: left - 1]:
                put(folder + info.filename[len(root.filename) :], info)


main()
