"""The few words of Python's own sqlite3 that SQLAlchemy needs, spoken by apsw.

The house's engine, sessions, events and SQL are used as they are; only the library below them is
apsw's SQLite, because Python's own cannot be given a disk of ours to write on.
"""

import sqlite3

import apsw

Error, DatabaseError = sqlite3.Error, sqlite3.DatabaseError
OperationalError, IntegrityError = sqlite3.OperationalError, sqlite3.IntegrityError
InterfaceError, DataError = sqlite3.InterfaceError, sqlite3.DataError
InternalError, ProgrammingError = sqlite3.InternalError, sqlite3.ProgrammingError
NotSupportedError, Warning = sqlite3.NotSupportedError, sqlite3.Warning  # noqa: A001 - DB-API's own
PARSE_DECLTYPES, PARSE_COLNAMES = sqlite3.PARSE_DECLTYPES, sqlite3.PARSE_COLNAMES
Binary, paramstyle, threadsafety, apilevel = memoryview, "qmark", 1, "2.0"
sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(map(int, sqlite_version.split(".")))


def connector(vfs):
    """A module that SQLAlchemy takes for sqlite3, and that opens files through this VFS."""
    import types

    module = types.ModuleType("apsw_dbapi")
    module.__dict__.update(
        {name: value for name, value in globals().items() if not name.startswith("__")}
    )
    module.connect = lambda file, **_: Connection(file, vfs)
    return module


class Connection:
    """An apsw connection that says what sqlite3's says."""

    def __init__(self, file, vfs):
        self.isolation_level = None
        try:
            self.real = apsw.Connection(str(file), vfs=vfs)
        except apsw.Error as error:
            raise named(error) from error

    def cursor(self, *_arguments):
        return Cursor(self)

    def execute(self, *arguments):
        return self.cursor().execute(*arguments)

    def create_function(self, name, arguments, function, *, deterministic=False):
        self.real.create_scalar_function(name, function, arguments, deterministic=deterministic)

    def commit(self):
        self._end("commit")

    def rollback(self):
        self._end("rollback")

    def _end(self, word):
        if not self.real.in_transaction:
            return
        self.execute(word)

    def close(self):
        try:
            self.real.close(True)
        except apsw.Error as error:
            raise named(error) from error


class Cursor:
    """A cursor that fetches at once, so that nothing is left half read."""

    arraysize = 1

    def __init__(self, connection):
        self.connection = connection
        self.description, self.rowcount, self.lastrowid, self.rows = None, -1, None, iter(())

    def execute(self, statement, parameters=()):
        real = self.connection.real
        try:
            cursor = real.cursor()
            cursor.exec_trace = self._described
            cursor.execute(statement, tuple(parameters))
            self.rows = iter(cursor.fetchall() if self.description else ())
        except apsw.Error as error:
            raise named(error) from error
        self.rowcount = -1 if self.description else real.changes()
        self.lastrowid = real.last_insert_rowid()
        return self

    def _described(self, cursor, _statement, _parameters):
        """Called before the first row, which is when apsw knows the columns of an empty answer."""
        self.description = [column[:7] for column in cursor.get_description()] or None
        return True

    def executemany(self, statement, many):
        for parameters in many:
            self.execute(statement, parameters)

    def fetchone(self):
        return next(self.rows, None)

    def fetchall(self):
        return list(self.rows)

    def fetchmany(self, size=1):
        return [row for _, row in zip(range(size), self.rows, strict=False)]

    def close(self):
        self.rows = iter(())


def named(error):
    """The error as sqlite3 would have raised it."""
    kind = IntegrityError if isinstance(error, apsw.ConstraintError) else OperationalError
    return kind(str(error))
