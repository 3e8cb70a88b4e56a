"""A year of work with the real binary, on SQLite or (under tools/postgres) PostgreSQL: registries, plan, four quarters
with changes between them, one that cannot be staffed and how it is mended, replacements, reveal, export, and at the end the clauses
of the plan's section 三（一） with numbers that the script works out itself.

    year.py             runs it as TAP
    year.py --page      and prints the page docs/a-year.md"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import tap  # noqa: E402  (it adds test/independent to the path)

import city  # noqa: E402
import quarter  # noqa: E402
import reckon  # noqa: E402
from story import Story, Word  # noqa: E402
from tap import check  # noqa: E402

PAGE = os.path.join(tap.TOP, "docs", "a-year.md")
PLANNER, KEEPER, LAWYER, DISCIPLINE, ARCHIVE, HEAD = "张三", "赵六", "李四", "王五", "钱七", "局长"
PLAN = "BD-2021"
story = None


class Year:
    def __init__(self, story_of_it):
        self.story, self.registry = story_of_it, reckon.Registry()
        self.draws, self.joint, self.checks, self.ends = [], [], {}, {}
        for name, text in city.files().items():
            self.story.write(name, text)


# ---- January: the data, the registries, the plan ----

def begin(y):
    s = y.story
    s.say("# 一年怎么办：从名录到年底的账")
    s.say("这是一座小城（四个县区、300 家单位、24 名双随机执法人员）2021 年全年的双随机工作，按《保定市生态环境局2021年污染源“双随机、"
          "一公开”监管随机抽查工作计划》办。每条命令都由测试 `test/year` 照原样运行过（SQLite 和 PostgreSQL 各一遍），这一页由测试写出："
          "`python3 test/year/year.py --page > docs/a-year.md`。")
    s.say("数据放在 `./mingqian-data`，所以命令里不写 `--data`。单位和人都是虚构的。`--now` 只有演示数据才能用，正式工作用本机时钟。"
          "每次运行都不同的内容，用中文词代替：如 任务号、承诺、指纹。")
    s.say("只想要一份已经办了一年的演示数据：`mingqian demo --year 文件夹`（一座 6000 家的城市，十秒左右）。")
    s.say("人：张三编计划、办抽签；赵六管名录；李四在法制科，批准抽签；王五在纪检，钱七在档案室；局长批准计划。"
          "办抽签、编计划和改名录的是人员名单里的双随机管理员（或负责人）；改过名录的人不能批准抽签，编计划的人不能批准计划，批准计划的要是人员名单里的负责人。")
    s.say("## 一月：启用")
    s.say("四份名录、放假通知、规则集、启用以前已经做的检查。")
    s.at("2021-01-11T09:00")
    s.do(None, "data", "init", "mingqian-data", "--demo", texts=("已建立演示数据",))
    s.do(KEEPER, "import", "sites", "检查对象.csv", "--reason", "启用", texts=("新增 300", "未收 3"), show=["读入"])
    s.do(KEEPER, "import", "inspectors", "检查人员.csv", "--reason", "启用", texts=("新增 25",), show=["读入"])
    s.do(KEEPER, "import", "matters", "抽查事项.csv", "--reason", "启用", show=["读入"])
    s.do(KEEPER, "import", "recusals", "回避关系.csv", "--reason", "启用", show=["读入"])
    s.do(PLANNER, "rules", "calendar", "放假.csv", "--reason", "2021年放假通知", show=["列出放假"])
    s.say("未收的 3 行是：一行涉密（只列入纸质名录），一行没有名称，一行不归保定市局管辖；核对表 `sites-report.csv` 里逐行写着原因。")
    report = tap.read(s.path("sites-report.csv")).decode("utf-8-sig")
    told = report.splitlines()[-3:]
    for line, why in zip(told, ("涉密", "单位名称", "不归保定市局管辖")):
        check(why in line, f"why this row was not taken in: {line}")
    s.do(KEEPER, "registry", "suggestions", "--find", texts=("新记下 1 对",), show=["查到"])
    s.do(KEEPER, "registry", "suggestions", "--confirm", "1", "--keep", "130606-0046", "--reason", "同一家企业录了两次",
         texts=("130606-0047",), show=["在产 → 已合并"])
    y.registry.gone("130606-0047", "已合并")
    make_plan(y)


def make_plan(y):
    s = y.story
    s.say("谁能办理、批准、签字和保管份额，先登记人员名单：第一人直接登记，以后每一人由名单里的另一人同意。")
    s.do(PLANNER, "data", "person", "add", HEAD, "--role", "leader", texts=("已登记",))
    for name, role in ((LAWYER, "legal"), (DISCIPLINE, "discipline"), (ARCHIVE, "archive"), (PLANNER, "planner"),
                       (KEEPER, "planner")):
        s.do(PLANNER, "data", "person", "add", name, "--role", role, "--approver", HEAD, texts=("已登记",))
    s.say("规则集照原计划的比例，再写上本市的做法：按县分层，每人一期最多 12 趟，每期 15 日前抽签，逐月累计完成 35%、70%、100%。")
    s.do(PLANNER, "rules", "import", "baoding-2021", "--reason", "2021年工作计划", texts=("第 1 版",))
    s.do(PLANNER, "rules", "edit", "baoding-2021", "by_county=true", "limit=12",
         'milestones={"draw_by": 15, "complete": [35, 70, 100]}', "--reason", "本市实施办法", texts=("第 2 版",))
    s.do(PLANNER, "plan", "open-balances", "已做的检查.csv", "--year", "2021", "--approver", HEAD, show=["已记入"])
    s.do(PLANNER, "plan", "new", PLAN, "--year", "2021", "--rules", "baoding-2021", "--lines", "项目.csv", texts=("草稿",))
    s.do(PLANNER, "plan", "check", PLAN, texts=("以上不影响冻结",), show=["规则  ", "排污单位  ", "监管对象  ", "联合抽查  ", "冲突"])
    s.do(PLANNER, "plan", "submit", PLAN, texts=("待批",))
    s.do(PLANNER, "plan", "approve", PLAN, code=1, texts=("不能批准自己的计划",), show=["错误"])
    s.do(LAWYER, "plan", "approve", PLAN, code=1, texts=("不在人员名单的负责人里",), show=["错误"])
    s.at("2021-01-11T15:00")
    s.do(HEAD, "plan", "approve", PLAN, texts=("已批准",), show=["已批准"])
    s.say("纪检和公证处的公钥现在登记，满 30 天以后才能用来给份额签名。")
    for party in ("discipline", "notary"):
        s.do(PLANNER, "draw", "party", party, "--key", Word(quarter.KEYS[party].public.hex(), "公钥"))


# ---- changes between the quarters ----

def change_in_april(y):
    s = y.story
    s.say("## 四月初：名录变了")
    s.say("新办两家、关闭一家、一家列入特殊监管、一家改地址，来了一名执法人员。再导入是更新，不会重复。")
    s.at("2021-04-01T09:00")
    added = [city.Site("130602", 201, 505), city.Site("130684", 202, 501)]
    for site in added:
        site.special = False
    moved = y.registry.sites["130602-0021"]
    moved.address = "竞秀区先锋街道创业路2号"
    s.write("检查对象-四月.csv", city.csv(city.SITE_HEADS, [x.row() for x in [*added, moved]]))
    s.do(KEEPER, "import", "sites", "检查对象-四月.csv", "--reason", "四月更新", texts=("新增 2", "更新 1"), show=["读入"])
    y.registry.add(added)
    s.write("拆除现场.jpg", "照片")
    s.do(KEEPER, "registry", "edit", "130684-0020", "state=关闭", "--evidence", "拆除现场.jpg", "--reason", "已拆除",
         show=["关闭"])
    y.registry.gone("130684-0020", "关闭")
    s.do(KEEPER, "registry", "edit", "130606-0012", "special=是", "special_reason=挂牌督办", "special_from=2021-04-01",
         "--reason", "列入特殊监管", show=["特殊监管"])
    y.registry.sites["130606-0012"].special = True
    s.write("检查人员-四月.csv", city.csv(city.PEOPLE_HEADS, [city.Person(26, "130684", False).row()]))
    s.do(KEEPER, "import", "inspectors", "检查人员-四月.csv", "--reason", "新入职", texts=("新增 1",), show=["读入"])
    y.registry.heads += 1
    s.do(None, "registry", "diff", "2021-03-31", "now", "--public", show=["130", "检查对象名录"])


def mend_july(y):
    s = y.story
    s.say("## 七月：派不出人的一期，怎么补")
    s.at("2021-07-01T09:00")
    s.say("Z011 调离。1:5 的人数是年初点的名，以后走的人不减。")
    s.do(KEEPER, "registry", "edit", "Z011", "--registry", "inspectors", "counted=否", "left=2021-06-30", "leave_reason=调离",
         "--reason", "调离", show=["退出名录日期"])
    y.registry.people["Z011"].left = "2021-06-30"
    s.say("阜平县只有一名“老”执法人员 Z018，七月起病假；Z005 的执法证六月底已到期。照这样，第三季度阜平县的检查组凑不齐：")
    s.do(KEEPER, "registry", "edit", "Z018", "--registry", "inspectors", "leave=2021-07-01至2021-09-30", "--reason", "病假",
         show=["请假"])
    a = s.do(PLANNER, "plan", "check", PLAN, "--period", "2021-Q3", code=1, texts=("阜平县", "不能冻结"), show=["阜平县：", "借调"], loose=True)
    check("人次" in a.out, a.out)
    chance = next((line for line in a.out.splitlines() if "分不到" in line), "")
    places = re.findall(r"[（、]([^（、 ]+) \d+ 家", chance.split("分不到")[-1])
    check(len(places) == len(set(places)), f"each county once: {chance}")
    j = s.ask("plan", "check", PLAN, "--period", "2021-Q3", code=1)
    check([c["kind"] for c in j["clashes"] if c["kind"] == "seniors"], str(j["clashes"]))
    s.say("借调竞秀区的 Z001：在管辖片区里加上阜平县。要在锁定之前写进名录，抽签才会派到。")
    s.do(KEEPER, "registry", "edit", "Z001", "--registry", "inspectors", "districts=竞秀区、阜平县", "--reason",
         "七至九月借调阜平县分局", show=["管辖片区"])
    y.registry.people["Z001"].districts = {"130602", "130624"}
    s.do(PLANNER, "plan", "check", PLAN, "--period", "2021-Q3", show=["执法证已经过期", "不影响冻结"])
    j = s.ask("plan", "check", PLAN, "--period", "2021-Q3")
    check(not [c for c in j["clashes"] if c["kind"] == "seniors"], str(j["clashes"]))


def change_in_october(y):
    s = y.story
    s.say("## 十月初：借调期满，试算明年")
    s.at("2021-10-08T09:00")
    s.do(KEEPER, "registry", "edit", "Z001", "--registry", "inspectors", "districts=竞秀区", "--reason", "借调期满",
         show=["管辖片区"])
    y.registry.people["Z001"].districts = {"130602"}
    s.do(KEEPER, "registry", "edit", "Z018", "--registry", "inspectors", "leave=", "--reason", "销假", show=["请假"])
    s.say("如果明年每家一年最多查两次，会怎样？只是试算，什么也不改。")
    s.do(PLANNER, "plan", "what-if", PLAN, "--period", "2021-Q4", "--cap", "2", show=["现在  ", "本期检查"], loose=True)


# ---- the end ----

def end(y):
    s = y.story
    s.say("## 年底：交账")
    s.at("2022-01-04T09:00")
    s.do(PLANNER, "plan", "show", PLAN, show=["抽签期限", "2021-Q"], loose=True)
    joint = next(r for r in s.ask("plan", "check", PLAN, "--period", "2021-Q4")["rules"] if r["id"] == "joint")
    check((joint["done"], joint["left"]) == (3, 0) and joint["possible"], f"three actions were drawn: {joint}")
    s.do(None, "draw", "list", show=["编号逐号相连"])
    s.do(None, "ledger", "verify", texts=("没有发现不符",), show=["步，✗"])
    s.do(None, "ledger", "export", "账簿", texts=())
    reckon.clauses(y)


def whole(y):
    begin(y)
    quarter.first(y)
    change_in_april(y)
    quarter.second(y)
    mend_july(y)
    quarter.third(y)
    change_in_october(y)
    quarter.fourth(y)
    end(y)


def test_a_year():
    global story
    y = Year(Story())
    whole(y)
    story = y.story
    print(f"# {story.commands} commands")


def test_the_page_tells_what_ran():
    where = story.differs(tap.read(PAGE).decode())
    check(where is None, f"docs/a-year.md is not what ran: {where}; python3 test/year/year.py --page > docs/a-year.md")


if __name__ == "__main__":
    if sys.argv[1:] == ["--page"]:
        sys.argv.pop()
        out, sys.stdout = sys.stdout, sys.stderr
        tap.main({"test_a_year": test_a_year})
        out.write(story.text() if story else "")
    else:
        tap.main(globals())
