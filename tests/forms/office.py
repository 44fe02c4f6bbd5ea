"""What office programs and browsers make of the files: printed to PDF, saved as another format."""

import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def by_chromium(text: str | bytes, folder: Path) -> bytes:
    """A web page, printed."""
    source, target = folder / "form.html", folder / "form.pdf"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    run = [CHROMIUM, *arguments, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(run, capture_output=True, timeout=120, check=True)
    return target.read_bytes()


def by_soffice(data: bytes, folder: Path, suffix: str = "docx", to: str = "pdf") -> bytes:
    """A file, saved by LibreOffice in another format."""
    source = folder / f"form.{suffix}"
    source.write_bytes(data)
    return converted([source], folder, to)[0]


def converted(sources: list[Path], folder: Path, to: str) -> list[bytes]:
    """Several files in one run of LibreOffice."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run = [SOFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(folder / to), *map(str, sources)]
    subprocess.run(run, capture_output=True, timeout=300, check=True)
    return [(folder / to / f"{source.stem}.{to}").read_bytes() for source in sources]
