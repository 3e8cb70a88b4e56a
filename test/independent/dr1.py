"""dr1 a second time, written from the specification alone: from the files of a draw to R, the drawn and
reserve objects, teams, result.tsv and result.root. Slow and plain on purpose: teams are found by minimum
cost flows, one for each candidate, instead of the blocks and cycles of src/core. Standard library only."""
import hashlib


def hex_of(text):
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def ticket(seed, name):
    digits = str(int(hex_of(hex_of(seed) + name), 16)).zfill(64)
    return "0." + digits[::-1]


def in_order(seed, names):
    return sorted(names, key=lambda name: (ticket(seed, name), name))


def tree(leaves):
    """RFC 6962 root, hex."""
    def node(part):
        if len(part) == 1:
            return hashlib.sha256(b"\0" + part[0]).digest()
        half = 1
        while half * 2 < len(part):
            half *= 2
        return hashlib.sha256(b"\1" + node(part[:half]) + node(part[half:])).digest()
    return node(leaves).hex() if leaves else hex_of("")


def lines(text):
    return text.split("\n")[:-1]


def columns(line, count):
    return (line.split("\t") + [""] * count)[:count]


class Draw:
    """The four lists."""

    def __init__(self, objects, inspectors, conflicts, rules):
        self.objects = {}
        for line in lines(objects):
            name, stratum, _, scope, place, skill = columns(line, 6)
            self.objects[name] = (stratum, scope, place, skill)
        self.inspectors = {}
        for line in lines(inspectors):
            name, grade, limit, base, scopes, skills = columns(line, 6)
            self.inspectors[name] = dict(grade=grade, limit=int(limit), base=int(base or 0),
                                         scopes=set(filter(None, scopes.split(","))),
                                         skills=set(filter(None, skills.split(","))))
        self.conflicts = [tuple(columns(line, 3)) for line in lines(conflicts)]
        self.read_rules(rules)

    def read_rules(self, text):
        self.teams, self.relax, self.bundle, self.quota_lines = {}, [], None, []
        for line in lines(text):
            kind, *rest = line.split(" ")
            if kind == "team":
                self.teams[rest[3] if len(rest) > 3 else None] = tuple(map(int, rest[:3]))
            elif kind == "bundle":
                self.bundle = int(rest[0])
            elif kind == "relax":
                self.relax.append(rest[0])
            elif kind == "quota":
                self.quota_lines.append((None, rest[1], [(rest[0], 1)]))
            elif kind == "split":
                cells = [(cell.rsplit("=", 1)[0], int(cell.rsplit("=", 1)[1])) for cell in rest[2:]]
                self.quota_lines.append((rest[0], rest[1], cells))

    def members(self, stratum):
        return [name for name, row in self.objects.items() if row[0] == stratum]

    def quotas(self, seed):
        """Stratum -> quota."""
        out = {}
        for group, amount, cells in self.quota_lines:
            population = sum(len(self.members(name)) for name, _ in cells)
            if "/" in amount:
                a, b = map(int, amount.split("/"))
                total = -(-population * a // b)
            else:
                total = int(amount)
            if group is None:
                out[cells[0][0]] = total
                continue
            weights = sum(weight for _, weight in cells)
            share = {name: total * weight // weights for name, weight in cells}
            rest = {name: total * weight % weights for name, weight in cells}
            left = total - sum(share.values())
            tie = {name: (ticket(seed + "/quota", name), name) for name, _ in cells}
            for name in sorted(share, key=lambda n: (-rest[n], tie[n]))[:left]:
                share[name] += 1
            out.update(share)
        return out

    def select(self, seed):
        """[(stratum, drawn, reserves)], each in (ticket, id) order."""
        out = []
        for stratum, quota in self.quotas(seed).items():
            order = in_order(seed + "/objects", self.members(stratum))
            out.append((stratum, order[:quota], order[quota:quota + 3]))
        return out

    def trips(self, seed, drawn):
        """[(trip id, members)]."""
        order = in_order(seed + "/objects", drawn)
        if self.bundle is None:
            return [(name, [name]) for name in order]
        groups = {}
        for name in order:
            stratum, scope, place, skill = self.objects[name]
            rule = self.teams.get(stratum, self.teams[None])
            groups.setdefault((rule, scope, place, skill), []).append(name)
        out = []
        for group in groups.values():
            for start in range(0, len(group), self.bundle):
                run = group[start:start + self.bundle]
                out.append((run[0], run))
        return out

    def visits(self, trips, relaxed):
        """Trip id -> (need, min_senior, min_junior, eligible)."""
        barred = {(who, what) for who, what, reason in self.conflicts
                  if not ("rotation" in relaxed and reason == "rotation")}
        out = {}
        for name, group in trips:
            stratum, scope, _, skill = self.objects[name]
            need, seniors, juniors = self.teams.get(stratum, self.teams[None])
            if "second" in relaxed:
                seniors, juniors = 1, 0
            eligible = [who for who, i in self.inspectors.items()
                        if (not scope or not i["scopes"] or scope in i["scopes"])
                        and (not skill or i["grade"] == "J" or skill in i["skills"])
                        and not any((who, member) in barred for member in group)]
            out[name] = (need, seniors, juniors, eligible)
        return out

    def assign(self, seed):
        """(feasible, relaxations applied, trip id -> team), trips."""
        drawn = [name for _, part, _ in self.select(seed) for name in part]
        trips = self.trips(seed, drawn)
        for count in range(len(self.relax) + 1):
            relaxed = self.relax[:count]
            visits = self.visits(trips, relaxed)
            people = {who: dict(i, limit=i["limit"] + ("limit" in relaxed))
                      for who, i in self.inspectors.items()}
            teams = canonical_teams(seed, people, visits)
            if teams is not None:
                return True, count, teams, trips
        return False, len(self.relax), {}, trips

    def result(self, seed):
        """(result.tsv, result.root, feasible)."""
        feasible, _, teams, trips = self.assign(seed)
        team_of = {member: teams.get(name, []) for name, group in trips for member in group}
        rows = []
        for stratum, drawn, reserves in self.select(seed):
            for rank, name in enumerate(drawn + reserves, 1):
                row = [name, stratum, str(rank), ticket(seed + "/objects", name),
                       "drawn" if rank <= len(drawn) else "reserve", ",".join(team_of.get(name, []))]
                rows.append("\t".join(row).rstrip("\t"))
        rows.sort(key=lambda row: row.encode())
        salted = [(hex_of("dr1-salt\n" + seed + "\n" + row.split("\t")[0] + "\n") + "\t" + row).encode()
                  for row in rows]
        return "".join(row + "\n" for row in rows), tree(sorted(salted)), feasible


def declared_seed(declaration, record):
    return hex_of("dr1-seed\n" + hex_of(declaration) + "\n" + record)


def cheapest(people, visits, fixed):
    """Least sum of squares of T over all full assignments that contain the fixed pairs, or None. Equal to the
    lexicographically least descending T. Successive shortest paths; a network of a few dozen nodes."""
    graph = {}

    def arc(a, b, cost, capacity=1):
        graph.setdefault(a, []).append([b, capacity, cost, len(graph.setdefault(b, []))])
        graph[b].append([a, 0, -cost, len(graph[a]) - 1])

    load = {who: sum(who in team for team in fixed.values()) for who in people}
    total = 0
    for who, i in people.items():
        if load[who] > i["limit"]:
            return None
        total += (i["base"] + load[who]) ** 2
        for k in range(load[who] + 1, i["limit"] + 1):
            arc("source", ("i", who), 2 * (i["base"] + k) - 1)
    wanted = 0
    for visit, (need, seniors, juniors, eligible) in visits.items():
        team = fixed.get(visit, [])
        have = {g: sum(people[who]["grade"] == g for who in team) for g in "SJ"}
        room = {"S": need - juniors - have["S"], "J": need - seniors - have["J"]}
        if room["S"] < 0 or room["J"] < 0 or len(team) > need:
            return None
        wanted += need - len(team)
        for g in "SJ":
            arc((visit, g), visit, 0, room[g])
        arc(visit, "sink", 0, need - len(team))
        for who in eligible:
            if who not in team:
                arc(("i", who), (visit, people[who]["grade"]), 0)
    graph.setdefault("source", [])
    graph.setdefault("sink", [])
    for _ in range(wanted):
        cost, back, queue = {"source": 0}, {}, ["source"]
        while queue:
            a = queue.pop(0)
            for number, (b, capacity, price, _) in enumerate(graph[a]):
                if capacity and cost[a] + price < cost.get(b, 1 << 60):
                    cost[b] = cost[a] + price
                    back[b] = (a, number)
                    if b not in queue:
                        queue.append(b)
        if "sink" not in cost:
            return None
        total += cost["sink"]
        node = "sink"
        while node != "source":
            a, number = back[node]
            edge = graph[a][number]
            edge[1] -= 1
            graph[node][edge[3]][1] += 1
            node = a
    return total


def canonical_teams(seed, people, visits):
    best = cheapest(people, visits, {})
    if best is None:
        return None
    fixed = {}
    for visit in in_order(seed + "/visits", visits):
        need, _, _, eligible = visits[visit]
        team = fixed.setdefault(visit, [])
        for who in in_order(seed + "/team/" + visit, eligible):
            if len(team) == need:
                break
            team.append(who)
            if cheapest(people, visits, fixed) != best:
                team.pop()
    return fixed
