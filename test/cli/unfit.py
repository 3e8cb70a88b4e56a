"""Whoever holds the database puts null where no column allows it, with the schema altered or put back as it was: `ledger
verify` says so and falls over nothing."""
import re
import sqlite3

import tap
from small import Small
from tap import check, run

SHARE = 1 if tap.LONG else 12  # every so manieth column


class Hand:
    """A hand in the database of an office, past the program."""

    def __init__(self, where):
        self.file, self.address = where[1] + "/mingqian.db", where[3] if tap.POSTGRES else None

    def psql(self, text):
        return tap.psql(self.address.removeprefix("postgres:"), text)

    def sqlite(self, work):
        db = sqlite3.connect(self.file, isolation_level=None)
        try:
            return work(db)
        finally:
            db.close()

    def columns(self):
        """(table, column) of all that may not be null."""
        if tap.POSTGRES:
            lines = self.psql("select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                              " where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0"
                              " and a.attnotnull order by 1, 2").splitlines()
            return [tuple(line.split("|")) for line in lines]
        return self.sqlite(lambda db: db.execute(
            "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'"
            " and m.name not like 'sqlite_%' and c.\"notnull\" and c.pk = 0 order by 1, 2").fetchall())

    def null(self, table, column, put_back):
        """Null in all rows of the column, at least in one."""
        return (self.null_on_server if tap.POSTGRES else self.null_in_file)(table, column, put_back)

    def null_on_server(self, table, column, put_back):
        mark = f"update pg_attribute set attnotnull = %s where attrelid = '{table}'::regclass and attname = '{column}';"
        if self.psql(f"select count(*) from {table}").strip() == "0":
            return False
        self.psql(f"set session_replication_role = replica; {mark % 'false'} update {table} set {column} = null;"
                  + (mark % "true" if put_back else ""))
        return True

    def null_in_file(self, table, column, put_back):
        def work(db):
            if db.execute(f"select count(*) from {table}").fetchone()[0] == 0:
                return False
            kept = db.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()[0]
            loose = re.sub(rf"(\b{column} \w+) not null", r"\1", kept, count=1)
            self.schema(db, table, loose)
            return kept if loose != kept else False

        kept = self.sqlite(work)
        if not kept:
            return False
        self.sqlite(lambda db: (db.execute("pragma ignore_check_constraints = on"),
                                db.execute(f"update {table} set {column} = null")))
        if put_back:
            self.sqlite(lambda db: self.schema(db, table, kept))
        return True

    @staticmethod
    def schema(db, table, text):
        version = db.execute("pragma schema_version").fetchone()[0]
        db.execute("pragma writable_schema = on")
        db.execute("update sqlite_master set sql = ? where name = ?", (text, table))
        db.execute(f"pragma schema_version = {version + 1}")


def drawn():
    s = Small()
    draw = s.drawn("2026-01-05")
    visit = s.visits(draw)[0]
    s.do(visit["team"][0], "2026-01-06T09:00", "visits", "accept", visit["id"], "--inspector", visit["team"][0])
    return s


def test_null_in_any_column_is_told_and_nothing_falls_over_it():
    whole = drawn()
    columns = Hand(whole.where).columns()
    check(len(columns) > 150, f"{len(columns)} columns")
    tried = 0
    for number, (table, column) in enumerate(columns):
        if number % SHARE:
            continue
        where = tap.copy(whole.where)
        if not Hand(where).null(table, column, put_back=number // SHARE % 2 == 0):
            continue
        tried += 1
        a = run("ledger", "verify", *where)
        check(a.code in (1, 3) and "Sanitizer" not in a.err and a.out + a.err, f"{table}.{column}: {a.code} {a.err}")
        check("✗" in a.out or a.err.startswith("错误："), f"{table}.{column}: {a.out}{a.err}")
    check(tried > 5, f"{tried} were tried")


tap.main(globals())
