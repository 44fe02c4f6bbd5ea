"""Why the system would not open or write a file, in plain Chinese."""

import errno

_REASONS = {  # by name: not every system has them all
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘的配额用完了",
    "EROFS": "这个位置是只读的",
    "ENAMETOOLONG": "文件名或路径太长",
    "ENOTDIR": "路径里有一段不是文件夹",
    "EINVAL": "文件名里有不能用的字符",
    "EILSEQ": "文件名里有不能用的字符",
    "ELOOP": "链接绕成了圈",
    "EBUSY": "文件正被别的程序占用",
    "ETXTBSY": "文件正被别的程序占用",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "EIO": "读写磁盘出错",
    "EFBIG": "文件太大",
    "ENOMEM": "内存不够",
    "ENXIO": "没有程序在等着读它",
    "ENODEV": "没有这个设备",
    "ESTALE": "网络文件夹已经断开",
    "ETIMEDOUT": "网络文件夹没有回应",
    "EHOSTDOWN": "网络文件夹没有回应",
}


def explain_os_error(reason: OSError, *, reading: bool = False) -> str:
    """`reading`: a file that should be there, not one to be written."""
    if isinstance(reason, PermissionError):
        return "没有权限"
    if isinstance(reason, FileNotFoundError):
        return "没有这个文件" if reading else "所在的文件夹不存在"
    if isinstance(reason, IsADirectoryError):
        return "它是一个文件夹"
    name = errno.errorcode.get(reason.errno or 0, "")
    return _REASONS.get(name) or f"系统不让做，错误号 {reason.errno}"
