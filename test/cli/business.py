"""The business over HTTP: what each endpoint does, and that somebody of a county reaches nothing of another one."""
import functools
import urllib.parse
import uuid

import accounts
import tap
from accounts import Person, administrator, business
from tap import check, expect

COUNTY = "130602"


@functools.cache
def pattern():
    """An office with the registries of a made-up city, a rule set and a plan that waits for its approval."""
    where, city = tap.office(), tap.folder() + "/city"
    expect(0, ["demo", city])
    for kind in ("sites", "inspectors", "matters", "recusals"):
        expect(0, ["import", kind, f"{city}/{kind}.xlsx", "--no-report", *where, "--as", "导入人"])
    expect(0, ["rules", "import", "baoding-2025", "--reason", "启用", *where, "--as", "导入人"])
    return where


class Server(accounts.Server):
    def __init__(self):
        self.tokens, self.office, self.more = {}, tap.copy(pattern()), ()
        self.again()
        self.system, self.security = administrator(self, "system"), administrator(self, "security")

    def person(self, role, name, **more):
        return business(self, self.system, self.security, role + str(uuid.uuid4())[:6], name, role, **more)

    def entries(self):
        return expect(0, ["ledger", "list", *self.office, "--json"]).json["total"]


def pages(person, path):
    """All items of a list, page by page; the total is that of every page."""
    items, after, mark = [], None, "&" if "?" in path else "?"
    while True:
        page = person.want(200, "GET", path + mark + "size=7" + (f"&after={after}" if after else ""))
        items += page["items"]
        after = page["next"]
        if not after:
            check(len(items) == page["total"], f"{path}: {len(items)} items, total {page['total']}")
            return items


ROWS = "/registries/sites/rows"


def test_a_registry_is_read_and_changed():
    s = Server()
    p = s.person("planner", "张三")
    sites = pages(p, ROWS)
    ids = [i["id"] for i in sites]
    check(ids == sorted(set(ids)) and len(ids) > 50, f"{len(ids)} rows")
    keys = pages(p, ROWS + "?class=key&county=" + COUNTY)
    check(keys and all(i["fields"]["class"] == "key" and i["fields"]["county"] == COUNTY for i in keys), "filters")
    p.want(422, "GET", ROWS + "?class=nonsense")
    p.want(422, "GET", ROWS + "?sort=x")
    p.want(404, "GET", "/registries/firms/rows")
    p.want(404, "GET", ROWS + "/nobody")
    one = p.want(200, "GET", f"{ROWS}/{ids[0]}")
    tag, before = p.headers["ETag"], s.entries()
    ask = {"reason": "核对", "values": [{"field": "note", "value": "改过的备注"}]}
    p.want(428, "PATCH", f"{ROWS}/{ids[0]}", ask)
    done = p.want(200, "PATCH", f"{ROWS}/{ids[0]}", ask, If_Match=tag)
    check(s.entries() == before + 1 and done["notes"], "one entry")
    p.want(412, "PATCH", f"{ROWS}/{ids[0]}", ask, If_Match=tag)
    now = p.want(200, "GET", f"{ROWS}/{ids[0]}")
    check(now["version"] == one["version"] + 1 and now["fields"]["note"] == "改过的备注" and now["edited"], f"{now}")
    tag = p.headers["ETag"]
    p.want(422, "PATCH", f"{ROWS}/{ids[0]}", {**ask, "values": [{"field": "nothing", "value": ""}]}, If_Match=tag)
    p.want(422, "PATCH", f"{ROWS}/{ids[0]}", {**ask, "values": [{"field": "state", "value": "closed"}]}, If_Match=tag)
    past = p.want(200, "GET", f"{ROWS}/{ids[0]}/history")["items"]
    check([v["version"] for v in past] == [2, 1] and past[0]["actor"] == "张三", f"{past}")
    changes = p.want(200, "GET", "/registries/sites/changes")
    check(changes["items"][0]["id"] == done["change"] and changes["items"][0]["kind"] == "edit", f"{changes}")
    differs = p.want(200, "GET", f"/registries/sites/differences?from=1&to=now")
    check([d["id"] for d in differs["items"]] == [ids[0]] and differs["items"][0]["to"]["note"], f"{differs}")
    check(p.want(200, "GET", "/registries/sites/differences?from=0&to=now&size=5")["next"], "pages of differences")
    p.want(200, "POST", f"/registries/sites/changes/{done['change']}/undo", {"reason": "改错了"})
    check("note" not in p.want(200, "GET", f"{ROWS}/{ids[0]}")["fields"] or one["fields"].get("note"), "undone")
    p.want(204, "PUT", "/registries/sites/winners/note", {"reason": "以导入为准", "winner": "file"})
    check(p.want(200, "GET", "/registries/sites/winners")["items"] == [{"field": "note", "winner": "file"}], "winner")
    p.want(404, "PUT", "/registries/sites/winners/nothing", {"reason": "以导入为准", "winner": "file"})
    merged = p.want(200, "POST", "/merges", {"survivor": ids[0], "gone": [ids[1]], "reason": "同一家"})
    check(p.want(200, "GET", f"{ROWS}/{ids[1]}")["fields"]["state"] == "merged", f"{merged}")
    s.stop()


def test_a_county_reaches_nothing_of_another():
    s = Server()
    city, p = s.person("planner", "张三"), s.person("planner", "李四", county=COUNTY)
    sites, mine = pages(city, ROWS), pages(p, ROWS)
    own = [i["id"] for i in sites if i["fields"].get("county") == COUNTY]
    check([i["id"] for i in mine] == own and own, f"{len(mine)} rows, want {len(own)}")
    others = [i for i in sites if i["id"] not in own]
    two = s.person("planner", "王五", county=f"{COUNTY},130606")
    both = [i["id"] for i in sites if i["fields"].get("county") in (COUNTY, "130606")]
    check([i["id"] for i in pages(two, ROWS)] == both and len(both) > len(own), "two counties")
    check(pages(p, ROWS + "?county=130606") == [], "a county that is not his, as a filter")
    name = others[0]["fields"]["name"]
    check(others[0]["id"] not in [i["id"] for i in pages(p, f"{ROWS}?text={others[0]['id']}")], "by its number")
    check(others[0]["id"] not in [i["id"] for i in pages(p, f"{ROWS}?text={urllib.parse.quote(name[:2])}")], "by its name")
    ask = {"reason": "核对", "values": [{"field": "note", "value": "改过的备注"}]}
    before = s.entries()
    for i in others:
        p.want(404, "GET", f"{ROWS}/{i['id']}")
        p.want(404, "GET", f"{ROWS}/{i['id']}/history")
        p.want(404, "PATCH", f"{ROWS}/{i['id']}", ask, If_Match='"1"')
    p.want(404, "POST", "/merges", {"survivor": own[0], "gone": [others[0]["id"]], "reason": "同一家"})
    move = {"reason": "搬了", "values": [{"field": "county", "value": "130606"}]}
    p.want(422, "PATCH", f"{ROWS}/{own[0]}", move, If_Match='"1"')
    p.want(403, "POST", "/registries/sites/changes/1/undo", {"reason": "改错了"})
    p.want(403, "GET", "/registries/sites/changes")
    p.want(403, "PUT", "/registries/sites/winners/note", {"reason": "以导入为准", "winner": "file"})
    check(s.entries() == before, "something was changed")
    p.want(200, "PATCH", f"{ROWS}/{own[0]}", ask, If_Match='"1"')
    differs = {d["id"] for d in pages(p, "/registries/sites/differences?from=0&to=now")}
    check(differs == set(own), "differences of others")
    people = pages(city, "/registries/inspectors/rows")
    seen = {i["id"] for i in pages(p, "/registries/inspectors/rows")}
    check(seen == {i["id"] for i in people if COUNTY in i["fields"].get("districts", COUNTY).split(",")}, "people")
    for i in people:
        if i["id"] not in seen:
            p.want(404, "GET", f"/registries/inspectors/rows/{i['id']}")
    recusals = pages(city, "/registries/recusals/rows")
    check(recusals and pages(p, "/registries/recusals/rows") == [], "recusals")
    p.want(404, "GET", f"/registries/recusals/rows/{recusals[0]['id']}")
    check(pages(p, "/registries/matters/rows") == pages(city, "/registries/matters/rows"), "matters are for all")
    matter = pages(p, "/registries/matters/rows")[0]["id"]
    p.want(403, "PATCH", f"/registries/matters/rows/{matter}", ask, If_Match='"1"')
    s.stop()


if __name__ == "__main__":
    tap.main(globals())
