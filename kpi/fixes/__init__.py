"""Findings become changes of files: what to change (`plan`), where in the file it stands (`cells`), the new bytes
(`writers`), the file on the disk (`save`). Everything but `save` is pure."""
