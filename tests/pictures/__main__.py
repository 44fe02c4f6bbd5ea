"""`make pictures`."""

import sys

from tests.pictures import FOLDER, photographs, terminals
from tests.pictures.screen import svg

FOLDER.mkdir(exist_ok=True)
drawn = {f"{name}.svg": svg(lines).encode() for name, lines in terminals().items()}
drawn |= {f"{name}.png": data for name, data in photographs().items()}
for name, data in drawn.items():
    (FOLDER / name).write_bytes(data)
for path in FOLDER.iterdir():
    if path.name not in drawn:
        path.unlink()
print(*sorted(drawn), file=sys.stderr)
