"""Archives as the files in them, unpacked one at a time in memory, each under a path like "archive.zip!/甲/乙.docx"."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from kpi.readers.errors import LARGEST_FILE, MOST_RATIO, ReadError

MOST_MEMBERS = 5000
MOST_UNPACKED = 1 << 30  # bytes of all members together
DEEPEST = 2  # archives inside archives
_SMALL = 10 << 20  # a member below this is let unpack whatever its ratio
_BROKEN = "不是有效的压缩包（.zip），可能已损坏或没下载完，请重新压缩后再检查。"
_LOCKED = "压缩包加了密码，请解压成文件夹后再检查。"
_BOMB = "压缩得太厉害，不像正常的文件，没有解压；请解压后单独检查。"
_MEMBER = "在压缩包里已损坏，没能解压，请重新压缩后再检查。"
_METHOD = "用了这里不支持的压缩方式，请解压成文件夹后再检查。"
_EMPTY = "压缩包里没有可读的文件，请确认选对了文件。"


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of an archive."""

    path: str
    data: bytes


@dataclass(slots=True)
class _Spent:
    """What has been unpacked so far, over all levels."""

    members: int = 0
    size: int = 0


def members(data: bytes, path: str, suffixes: frozenset[str]) -> Iterator[Member | ReadError]:
    """Every member whose name ends as a readable file's, by name; what cannot be unpacked comes as its ReadError.

    Raises ReadError where the archive itself is none or holds nothing to read.
    """
    yield from _members(data, path, suffixes, _Spent(), 1)


def _members(
    data: bytes, path: str, suffixes: frozenset[str], spent: _Spent, depth: int
) -> Iterator[Member | ReadError]:
    try:
        package = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(path, _BROKEN) from error
    wanted = sorted((_name(info), at) for at, info in enumerate(package.infolist()) if not info.is_dir())
    wanted = [(name, at) for name, at in wanted if _is_wanted(name, suffixes)]
    if not wanted:
        raise ReadError(path, _EMPTY)
    for name, at in wanted:
        inner = f"{path}!/{name}"
        spent.members += 1
        if spent.members > MOST_MEMBERS:
            yield ReadError(path, f"压缩包里的文件太多（超过 {MOST_MEMBERS} 个），后面的没有读，请分成几个压缩包。")
            return
        unpacked = _unpack(package, package.infolist()[at], inner, spent)
        if isinstance(unpacked, Member) and name.lower().endswith(".zip"):
            yield from _nested(unpacked, suffixes, spent, depth)
        else:
            yield unpacked


def _nested(member: Member, suffixes: frozenset[str], spent: _Spent, depth: int) -> Iterator[Member | ReadError]:
    if depth >= DEEPEST:
        yield ReadError(member.path, f"压缩包套了超过 {DEEPEST} 层，里面的没有读，请解压后再检查。")
        return
    try:
        yield from _members(member.data, member.path, suffixes, spent, depth + 1)
    except ReadError as error:
        yield error


def _unpack(package: ZipFile, info: ZipInfo, path: str, spent: _Spent) -> Member | ReadError:
    problem = _refusal(info, spent)
    if problem:
        return ReadError(path, problem)
    try:
        data = package.read(info)
    except NotImplementedError:
        return ReadError(path, _METHOD)
    except (BadZipFile, ZlibError, EOFError, OSError, ValueError, RuntimeError):
        return ReadError(path, _MEMBER)
    spent.size += len(data)
    return Member(path, data)


def _refusal(info: ZipInfo, spent: _Spent) -> str:
    if info.flag_bits & 1:
        return _LOCKED
    if info.file_size > LARGEST_FILE:
        return f"解压后太大（超过 {LARGEST_FILE >> 20} MB），不像绩效目标表，请拆成几个文件再检查。"
    if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        return _BOMB
    if spent.size + info.file_size > MOST_UNPACKED:
        return f"压缩包解压后合计太大（超过 {MOST_UNPACKED >> 30} GB），这个文件没有读，请分成几个压缩包。"
    return ""


def _name(info: ZipInfo) -> str:
    """The member's name; Chinese Windows writes GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_wanted(name: str, suffixes: frozenset[str]) -> bool:
    """As in a folder: files of a known kind, without hidden ones and the lock files of office programs."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    hidden = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)
    return bool(parts) and not hidden and PurePosixPath(parts[-1]).suffix.lower() in suffixes
