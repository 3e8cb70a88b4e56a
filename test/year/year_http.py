"""The same year over HTTP: every act by the account of the person whose it is, every approval by another account; at the end the
same clauses with numbers that the script works out itself. On SQLite, and (under tools/postgres) PostgreSQL."""
import year  # it says where the command line's tests are
import tap
from http_story import HttpStory


def test_a_year_over_http():
    y = year.Year(HttpStory())
    year.whole(y)
    s = y.story
    tap.check(s.server.stop() == 0, "the server's exit")
    print(f"# {s.commands} steps, {s.requests} requests")


if __name__ == "__main__":
    tap.main(globals())
