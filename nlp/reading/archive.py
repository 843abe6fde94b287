"""ZIP-based files (DOCX, ODT, EPUB): looked at before they are unpacked, and unpacked within bounds."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from nlp.errors import CorpusError
from nlp.reading.contract import Limits

MAX_ENTRIES = 5_000
MAX_RATIO = 200  # text packs about 1 : 10, and the emptiest real files stay below 1 : 100
_SMALL = 10_000_000  # bytes; the ratio of less does no harm
_CHUNK = 2**20
_ENCRYPTED = 0x1  # general purpose bit of an entry


class Archive:
    """The entries of a ZIP-based file, all of which together unpack to bounded size."""

    def __init__(self, content: bytes, where: str, limits: Limits) -> None:
        """Raises CorpusError for an archive that is encrypted, a bomb, or points out of itself."""
        self._where = where
        self._left = limits.max_unpacked_bytes
        _check_count(content, where)
        self._zip = zipfile.ZipFile(BytesIO(content))
        entries = self._zip.infolist()
        self.names = frozenset(entry.filename for entry in entries)
        if found := _fault(entries, limits):
            raise CorpusError(found, where=where, hint="do not trust this file; ask for a plain copy")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise encrypted(where)

    def read(self, name: str) -> bytes:
        """An entry's bytes; KeyError if there is none. Declared sizes are not believed."""
        parts = []
        with self._zip.open(name) as stream:
            while part := stream.read(_CHUNK):
                self._left -= len(part)
                if self._left < 0:
                    raise CorpusError(
                        "unpacks to more than it says",
                        where=self._where,
                        hint="do not trust this file; ask for a plain copy",
                    )
                parts.append(part)
        return b"".join(parts)

    def find(self, name: str) -> bytes | None:
        """An entry's bytes, or None."""
        return self.read(name) if name in self.names else None

    def check_all(self) -> None:
        """Unpack every entry once, for a library that will do so without bounds."""
        left = self._left
        for name in sorted(self.names):
            self.read(name)
        self._left = left


def encrypted(where: str) -> CorpusError:
    return CorpusError("encrypted", where=where, hint="save an unprotected copy and add that")


def _check_count(content: bytes, where: str) -> None:
    """The number of entries as the archive's end tells it, before a list of them is made."""
    end = content.rfind(b"PK\x05\x06")
    count = int.from_bytes(content[end + 10 : end + 12], "little") if end >= 0 else 0
    listed = content.count(b"PK\x01\x02")
    if max(count, listed) > MAX_ENTRIES:
        raise CorpusError(
            f"more than {MAX_ENTRIES} entries",
            where=where,
            hint="do not trust this file; ask for a plain copy",
        )


def _fault(entries: list[zipfile.ZipInfo], limits: Limits) -> str:
    """What is wrong with the entries as they are declared, or ""."""
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > limits.max_unpacked_bytes:
        return f"unpacks to {total} bytes, more than corpus.max_unpacked_bytes in configs/params.yaml"
    if total > _SMALL and total > MAX_RATIO * packed:
        return f"unpacks to {total // max(packed, 1)} times its size, like a ZIP bomb"
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * entry.compress_size:
            return f"an entry unpacks to {entry.file_size // max(entry.compress_size, 1)} times its size"
        if _leads_out(entry.filename):
            return f"an entry is named {entry.filename!r}, which leads out of the archive"
    return ""


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts[:1])
