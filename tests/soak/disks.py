"""Disks that fail: one that forgets what was not synced when the power goes, one that errs.

Both are VFSs of apsw's SQLite over real files. A write goes to the file at once, so that those
who read see it; beside it the disk keeps what would be there after a cut: what had been synced,
and of the writes since then some, none, or half of one, in no order.
"""

import itertools
import os
import random
import threading

import apsw

SECTOR = 512
names = itertools.count()


class PowerIsOut(Exception):
    """Nothing is written any more."""


class Disk:
    """What is on the platters, and what only the cache knows."""

    def __init__(self, seed=0):
        self.chance = random.Random(seed)
        self.guard = threading.RLock()
        self.durable, self.pending = {}, {}
        self.operations, self.cut_at, self.is_out = 0, None, False
        self.name = f"disk-{next(names)}"
        self.vfs = Vfs(self)

    def take_over(self, folder):
        """What lies in the folder now is on the platters."""
        with self.guard:
            self.durable = {
                str(file): bytearray(file.read_bytes())
                for file in folder.iterdir()
                if file.name.endswith((".sqlite", ".sqlite-wal"))
            }
            self.pending = {name: [] for name in self.durable}
            self.operations, self.cut_at, self.is_out = 0, None, False

    def cut_after(self, operations):
        """The power goes before the write or sync with this number."""
        self.cut_at = self.operations + operations

    def step(self):
        """Counts a write or a sync; raises where it cannot be done."""
        self.operations += 1
        if self.cut_at is not None and self.operations >= self.cut_at:
            self.is_out = True
        if self.is_out:
            raise PowerIsOut()

    def wrote(self, name, offset, data):
        self.pending.setdefault(name, []).append((offset, bytes(data)))

    def truncated(self, name, size):
        self.pending.setdefault(name, []).append((size, None))

    def synced(self, name):
        kept = self.durable.setdefault(name, bytearray())
        for change in self.pending.pop(name, ()):
            apply(kept, *change)

    def deleted(self, name):
        self.durable.pop(name, None)
        self.pending.pop(name, None)

    def lay_back(self, folder):
        """Lays on the real disk what the power cut has left, and forgets the memory beside it."""
        with self.guard:
            for name, changes in self.pending.items():
                for offset, data in changes:
                    if self.chance.random() < 0.5:
                        self.keep_some(self.durable.setdefault(name, bytearray()), offset, data)
            for file in folder.iterdir():
                if file.name.endswith(("-wal", "-shm", "-journal")):
                    file.unlink()
            for name, content in self.durable.items():
                with open(name, "wb") as file:
                    file.write(content)
            self.take_over(folder)

    def keep_some(self, kept, offset, data):
        """The whole write, or what of it had reached the platters: its first sectors, or odd ones."""
        if data is None or self.chance.random() < 0.6:
            apply(kept, offset, data)
            return
        for start in range(0, len(data), SECTOR):
            if self.chance.random() < 0.5:
                apply(kept, offset + start, data[start : start + SECTOR])


def apply(kept, offset, data):
    if data is None:
        del kept[offset:]
        return
    if len(kept) < offset:
        kept.extend(bytes(offset - len(kept)))
    kept[offset : offset + len(data)] = data


class Vfs(apsw.VFS):
    """SQLite's own way to files, with the disk told of every write."""

    def __init__(self, disk):
        self.disk = disk
        super().__init__(disk.name, "")

    def xOpen(self, name, flags):
        return File(self.disk, name, flags)

    def xDelete(self, name, sync):
        with self.disk.guard:
            self.disk.step()
            super().xDelete(name, sync)
            self.disk.deleted(os.fspath(name))


class File(apsw.VFSFile):
    """One file: writes reach it at once, and the platters when it is synced."""

    def __init__(self, disk, name, flags):
        self.disk = disk
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else name
        super().__init__("", name, flags)

    def xWrite(self, data, offset):
        with self.disk.guard:
            self.disk.step()
            self.disk.wrote(self.name, offset, data)
            super().xWrite(data, offset)

    def xTruncate(self, size):
        with self.disk.guard:
            self.disk.step()
            self.disk.truncated(self.name, size)
            super().xTruncate(size)

    def xSync(self, flags):
        with self.disk.guard:
            self.disk.step()
            self.disk.synced(self.name)


class FailingDisk(Disk):
    """A disk whose n-th write or sync from now on fails, once or from then on."""

    def __init__(self):
        super().__init__()
        self.fail_at, self.stays_full, self.error, self.failed = None, False, None, 0

    def fail_after(self, operations, error, stays_full):
        self.fail_at = self.operations + operations
        self.error, self.stays_full, self.failed = error, stays_full, 0

    def heal(self):
        self.fail_at = None

    def step(self):
        self.operations += 1
        if self.fail_at is None or self.operations < self.fail_at:
            return
        if self.operations == self.fail_at or self.stays_full:
            self.failed += 1
            raise self.error()
