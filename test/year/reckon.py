"""The year's figures, worked out from the script's own model of the registries and the exported folders and lists of visits,
without asking the program for a number; then held against what plan check said."""
import city
from tap import check, read

QUARTERS = {"2021-Q1": ("2021-01-01", "2021-03-31"), "2021-Q2": ("2021-04-01", "2021-06-30"),
            "2021-Q3": ("2021-07-01", "2021-09-30"), "2021-Q4": ("2021-10-01", "2021-12-31")}


# Who is in the pool of a line of the plan: by key, special, industry, kind.
POOLS = {"ZX-VOC": lambda key, _, industry, kind: key and industry.startswith("C26"),
         "LH-1": lambda key, _, industry, kind: kind == "机动车检验机构",
         "LH-2": lambda key, _, industry, kind: industry.startswith("C26"),
         "LH-3": lambda key, _, industry, kind: kind == "建设项目"}


class Registry:
    """Who is what, as the script has made it so."""

    def __init__(self):
        self.sites = city.sites()[1]
        self.people = {p.id: p for p in city.people()}
        self.people["Z026"] = city.Person(26, "130684", False)
        for p in self.people.values():
            p.districts = {p.county} if p.county else {"130602", "130606", "130684"}
        self.heads = sum(p.counted == "是" for p in city.people())
        self.live_states = {"在产"}

    def live(self):
        return [s for s in self.sites.values() if s.state in self.live_states]

    def gone(self, site, state):
        self.sites[site].state = state

    def add(self, sites):
        for s in sites:
            self.sites[s.id] = s


def rows(path):
    return [line.split("\t") for line in read(path).decode().splitlines()]


def objects_as_known(draw):
    """The frozen list holds exactly the sites that were live by the model, and the teams keep the law."""
    folder = draw.s.path(f"{draw.id}-审计版")
    objects = {r[0]: r for r in rows(folder + "/objects.tsv")}
    want = set(draw.live)
    if draw.pool != "daily":
        want = {i for i, facts in draw.live.items() if POOLS[draw.pool](*facts)}
    if draw.pool == "ZX-VOC":  # those that wait for the quarter's visit are in a stratum that draws none
        daily = next(d for d in draw.y.draws if d.period == draw.period and d.pool == "daily")
        waits = {r[0] for r in rows(draw.s.path(f"{daily.id}-审计版/result.tsv")) if r[4] == "drawn"} & want
        none = {i for i, r in objects.items() if ".x." in r[1]}
        check(none == waits, f"{draw.id}: {sorted(none ^ waits)[:5]} wait, or do not")
    check(set(objects) == want, f"{draw.id}: {sorted(set(objects) ^ want)[:5]} are not as the registry is")
    people = {r[0]: r for r in rows(folder + "/inspectors.tsv")}
    conflicts = {(r[0], r[1]) for r in rows(folder + "/conflicts.tsv")}
    load = {}
    for r in rows(folder + "/result.tsv"):
        if r[4] != "drawn":
            continue
        team = r[5].split(",")
        grades = sorted(people[i][1] for i in team)
        check(grades == ["J", "S"], f"{draw.id} {r[0]}: a team of {grades}")
        for i in team:
            load[i] = load.get(i, 0) + 1
            check(objects[r[0]][3] in draw.scopes[i], f"{draw.id} {r[0]}: {i} is of another county")
            check((i, r[0]) not in conflicts, f"{draw.id} {r[0]}: {i} must withdraw")
            check(people_ready(draw, i), f"{draw.id}: {i} is on leave, gone or without a certificate")
    check(max(load.values()) <= 12, f"{draw.id}: {load}")


def sites_of_the_lead(draw):
    """The department's list is what the lead drew, and all of it was drawn; its teams are its own people."""
    def drawn(d):
        return {r[0]: r for r in rows(d.s.path(f"{d.id}-审计版/result.tsv")) if r[4] == "drawn"}
    own, led = drawn(draw), drawn(draw.lead)
    check(set(own) == set(led) == {r[0] for r in rows(draw.s.path(f"{draw.id}-审计版/objects.tsv"))}, f"{draw.id}: {sorted(own)}")
    check(all(i.startswith("YJ-") for r in own.values() for i in r[5].split(",")), f"{draw.id}: teams of its own people")


def people_ready(draw, who):
    person = draw.y.registry.people[who]
    if person.leave:
        first, last = person.leave.split("至")
        if first <= draw.day <= last:
            return False
    return person.until >= draw.day and person.left > draw.day


def up(a, b):
    return -(-a // b)


class Reckoning:
    """Visits of the year as they are listed, and those before the system was used."""

    def __init__(self, y):
        self.y = y
        items = y.story.ask("visits", "list", "--most", "1000000")["items"]
        self.ended = [v for v in items if v["state"] == "ended"]
        self.made = [(v["site"], v["day"]) for v in items if v["state"] == "visited" and v["kind"] == "daily"]
        self.made += [(r[1], r[2]) for r in city.OPENING if r[0] == "检查" and r[3] == "日常"]
        self.items = items
        self.table = []

    def draw_of(self, period):
        return next(d for d in self.y.draws if d.period == period and d.pool == "daily")

    def quarter_share(self, period, rule, law, percent):
        """A percentage of the key or special units each quarter, by units."""
        first, last = QUARTERS[period]
        at = 0 if rule == "key" else 1
        frozen = {i for i, facts in self.draw_of(period).live.items() if facts[at]}
        now = {i for i, facts in self.y.ends[period].items() if facts[at]}
        seen = {site for site, day in self.made if first <= day <= last}
        want = up(len(frozen) * percent, 100)
        self.row(law, period, len(frozen), want, len(seen & frozen))
        said = self.said(period, rule)
        check((said["members"], said["required"], said["done"]) ==
              (len(now), up(len(now) * percent, 100), len(seen & now)), f"{period} {rule}: plan check says {said}")

    def general(self):
        """Five units a year for each who is marked, by visits."""
        heads, done = self.y.registry.heads, 0
        classes = {}
        for d in self.y.draws:
            classes.update({i: facts[0] for i, facts in d.live.items()})
        done = sum(not classes.get(site, True) for site, _ in self.made)
        now = {i for i, facts in self.y.ends["2021-Q4"].items() if not facts[0]}
        said = self.said("2021-Q4", "general")
        check((said["members"], said["required"]) == (len(now), 5 * heads), f"general: plan check says {said}")
        check(said["done"] == done, f"general: {done} visits, of units that left as well; plan check says {said}")
        self.row("一般排污单位，年度 1:5", "2021", heads, 5 * heads, done)

    def joint(self):
        """Actions all of whose visits were made, by every department that drew teams for them."""
        said, done = self.said("2021-Q4", "joint"), 0
        for draws in self.y.joint:
            visits = [v for v in self.items if v["draw"] in [d.id for d in draws]]
            check(visits and all(v["joint"] for v in visits), f"{draws[0].id}: joint visits")
            done += all(v["state"] == "visited" for v in visits)
        lines = city.LINES.count(",部门联合,")
        check((said["required"], said["done"], lines) == (3, done, done), f"joint: {done}, plan check says {said}")
        self.row("部门联合抽查，年度 3 次", "2021", lines, 3, done)

    def said(self, period, rule):
        return next(r for r in self.y.checks[period]["rules"] if r["id"] == rule)

    def row(self, law, period, whole, want, done):
        check(done >= want, f"{law} {period}: {done} of {want}")
        self.table.append((law, period, str(whole), str(want), str(done)))


def clauses(y):
    """Section 三（一） of the plan, clause by clause."""
    r = Reckoning(y)
    for draw in y.draws:
        if hasattr(draw, "lead"):
            sites_of_the_lead(draw)
        else:
            objects_as_known(draw)
    for period in QUARTERS:
        r.quarter_share(period, "key", "重点排污单位，每季度不少于 10%", 10)
    for period in QUARTERS:
        r.quarter_share(period, "special", "特殊监管对象，每季度不低于 50%", 50)
    r.general()
    r.joint()
    for row in r.table:
        print("# " + " | ".join(row))
    lines = [f"| {law} | {period} | {whole} | {want} | {done} | 满足 |" for law, period, whole, want, done in r.table]
    y.story.loose.update(lines)
    y.story.say("\n".join(["| 计划的条款 | 期次 | 基数 | 至少 | 查到 | |", "|---|---|---|---|---|---|", *lines]))
