"""Idempotency-Key: a change that is sent again happens once, and is answered as the first time."""
import json
import os
import sqlite3
import threading
import uuid

import tap
from accounts import Server, administrator
from tap import check, expect

BODY = {"name": "lisi", "person": "李四", "kind": "business"}


def entries(server):
    return expect(0, ["ledger", "list", *server.office, "--json"]).json["total"]


def rows(server, sql):
    if tap.POSTGRES:
        return [line.split("|") for line in tap.psql(server.office[3], sql).splitlines()]
    with sqlite3.connect(os.path.join(server.office[1], "mingqian.db")) as db:
        return db.execute(sql).fetchall()


def account_of(system, name="lisi"):
    return [a for a in system.want(200, "GET", "/accounts")["items"] if a["name"] == name][0]["id"]


def test_the_same_key_gives_the_same_answer():
    s = Server()
    system = administrator(s, "system")
    system.want(201, "POST", "/accounts", BODY)
    who = account_of(system)
    ask = {"account": who, "role": "leader", "give": True, "reason": "任命"}
    key, before = str(uuid.uuid4()), entries(s)
    first = system.want(201, "POST", "/grants", ask, Idempotency_Key=key)
    check(system.want(201, "POST", "/grants", ask, Idempotency_Key=key) == first, "another answer")
    check(entries(s) == before + 1, f"{entries(s)} entries, {before} before")
    check("用于另一个请求" in system.want(422, "POST", "/grants", {**ask, "role": "legal"},
                                          Idempotency_Key=key)["detail"], "another body")
    system.want(422, "DELETE", f"/accounts/{who}", If_Match='"1"', Idempotency_Key=key)
    for wrong in ["", "x", key[:-1], key + "0", key.replace("-", "0")]:
        check(system.want(422, "POST", "/grants", ask, Idempotency_Key=wrong)["code"] == "bad_key", wrong)
    s.stop()


def test_an_answer_without_a_body_and_one_that_is_shown_once():
    s = Server()
    system = administrator(s, "system")
    key = str(uuid.uuid4())
    token = system.want(201, "POST", "/accounts", BODY, Idempotency_Key=key)["token"]
    check("只显示一次" in system.want(409, "POST", "/accounts", BODY, Idempotency_Key=key)["detail"], "shown twice")
    who, key = account_of(system), str(uuid.uuid4())
    for _ in range(2):
        system.want(204, "PATCH", f"/accounts/{who}", {"county": "130602"}, If_Match='"1"', Idempotency_Key=key)
    check(system.want(200, "GET", f"/accounts/{who}")["version"] == 2, "changed once")
    check(rows(s, "select count(*) from answer_kept where answer is null")[0][0] in (1, "1"), "a secret is kept")
    kept = str(rows(s, "select * from answer_kept"))
    check(token not in kept and who not in kept, "an answer lies in the clear")
    s.stop()


def test_what_failed_may_be_tried_again():
    s = Server()
    system = administrator(s, "system")
    system.want(201, "POST", "/accounts", BODY)
    who, key = account_of(system), str(uuid.uuid4())
    ask = {"county": "130602"}
    system.want(412, "PATCH", f"/accounts/{who}", ask, If_Match='"9"', Idempotency_Key=key)
    system.want(204, "PATCH", f"/accounts/{who}", ask, If_Match='"1"', Idempotency_Key=key)
    s.stop()


def test_of_twins_one_does_it():
    s = Server()
    system = administrator(s, "system")
    system.want(201, "POST", "/accounts", BODY)
    ask = {"account": account_of(system), "role": "leader", "give": True, "reason": "任命"}
    key, before, answers = str(uuid.uuid4()), entries(s), []

    def one():
        answers.append(system.ask("POST", "/grants", ask, Idempotency_Key=key))
    twins = [threading.Thread(target=one) for _ in range(8)]
    for t in twins:
        t.start()
    for t in twins:
        t.join()
    check({json.dumps(a) for a in answers} == {json.dumps(answers[0])} and answers[0][0] == 201, f"{answers}")
    check(entries(s) == before + 1, f"{entries(s)} entries, {before} before")
    s.stop()


def test_old_answers_are_swept():
    s = Server()
    system = administrator(s, "system")
    system.want(201, "POST", "/accounts", BODY, Idempotency_Key=str(uuid.uuid4()))
    s.stop()
    if tap.POSTGRES:
        tap.psql(s.office[3], "update answer_kept set at = at - 691200000")
    else:
        with sqlite3.connect(os.path.join(s.office[1], "mingqian.db")) as db:
            db.execute("update answer_kept set at = at - 691200000")
    s.again()
    system.want(201, "POST", "/accounts", {**BODY, "name": "wangwu", "person": "王五"}, Idempotency_Key=str(uuid.uuid4()))
    check(len(rows(s, "select key from answer_kept")) == 1, "not swept")
    s.stop()


if __name__ == "__main__":
    tap.main(globals())
