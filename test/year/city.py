"""A small made-up city for a year of work: registries as people keep them, with the odd cases of real lists. Also the
script's own model of who is what, which the year's figures are held against."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
UNITS = {  # code: name, townships, sites
    "130602": ("竞秀区", ("先锋街道", "韩村镇", "江城乡"), 104),
    "130606": ("莲池区", ("联盟街道", "百楼镇", "东金庄乡"), 92),
    "130624": ("阜平县", ("阜平镇", "龙泉关镇"), 26),
    "130684": ("高碑店市", ("方官镇", "新城镇", "辛立庄镇"), 78),
}
TRADES = (("铸造", "C3391"), ("塑料制品", "C2929"), ("造纸", "C2221"), ("化工", "C2614"), ("食品", "C1411"))
BRANDS = ("桐安", "启泰", "润禾", "嘉岭", "明川", "宏远", "瑞峰", "金穗", "北辰", "华柏", "青禾", "德润")
KINDS = {11: "机动车检验机构", 23: "监测机构", 37: "危废经营单位", 41: "建设项目", 53: "排污口", 67: "核技术利用单位"}
SITE_HEADS = ("污染源编号", "单位名称", "统一社会信用代码", "所属县区", "乡镇街道", "详细地址", "经度", "纬度", "行业类别", "监管类别",
              "是否特殊监管", "特殊监管原因", "特殊监管起始日", "运行状态", "状态依据", "对象类型", "许可管理类别", "信用等级", "企业信用风险分类",
              "入库日期", "涉密")
PEOPLE_HEADS = ("工号", "姓名", "执法证号", "执法证有效期至", "单位", "管辖片区", "入岗日期", "专业", "在编", "在岗", "可接受任务", "人员身份",
                "双随机执法人员", "保密承诺日期", "请假起止")
# id, unit or "" for the city's brigade, since, skills, certificate until, more
SENIOR, JUNIOR = "2010-05-04", "2019-03-01"


def firm_code(county, number):
    """A code with valid check digits (GB 32100-2015) whose organisation part YY... was never given out."""
    body = f"YY{number:06d}"
    total = sum(w * (ord(c) - 55 if c.isalpha() else int(c)) for w, c in zip((3, 7, 9, 10, 5, 8, 4, 2), body))
    code = f"91{county}{body}" + {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    total = sum(pow(3, i, 31) * ALPHABET.index(c) for i, c in enumerate(code))
    return code + ALPHABET[(31 - total % 31) % 31]


class Site:
    def __init__(self, county, number, index):
        name, towns, _ = UNITS[county]
        trade, industry = TRADES[(index + index // 5) % len(TRADES)]
        brand = BRANDS[index % len(BRANDS)] + BRANDS[(index // len(BRANDS) + 3) % len(BRANDS)]
        self.id, self.county, self.index = f"{county}-{number:04d}", county, index
        self.name = f"{name}{brand}{trade}有限公司"
        self.code, self.address = firm_code(county, 1000 + index), f"{name}{towns[index % len(towns)]}工业路{number}号"
        self.town, self.industry = towns[index % len(towns)], industry
        self.key, self.special = index % 5 == 0, index % 14 == 5
        self.kind, self.state = KINDS.get(index % 79, "排污单位"), "在产"
        self.secret = ""

    def row(self):
        place = (115.30 + self.index % 40 / 100, 38.80 + self.index % 30 / 100)
        if self.county == "130624":
            place = (114.15 + self.index % 9 / 100, 38.83 + self.index % 7 / 100)
        if self.county == "130684":
            place = (115.85 + self.index % 9 / 100, 39.30 + self.index % 7 / 100)
        return (self.id, self.name, self.code, UNITS.get(self.county, (self.county,))[0], self.town, self.address,
                f"{place[0]:.4f}", f"{place[1]:.4f}", self.industry, "重点" if self.key else "一般",
                "是" if self.special else "否", "上年度受到行政处罚" if self.special else "",
                "2021-01-01" if self.special else "", self.state, "" if self.state == "在产" else "现场核查记录",
                self.kind, "重点" if self.key else "登记", "D" if self.special else "B", "A", "2019-06-01", self.secret)


def sites():
    """The rows of the first file, and by id those that the registry should take in."""
    rows, index = [], 0
    for county, (_, _, count) in UNITS.items():
        for number in range(1, count + 1):
            rows.append(Site(county, number, index))
            index += 1
    for at, state in ((17, "停产"), (58, "关闭"), (121, "搬迁"), (188, "在建"), (233, "停产")):
        rows[at].state = state
    rows[31].code = ""                              # a quarter of real rows have none
    rows[47].code = rows[47].code[:-1] + ("X" if rows[47].code[-1] != "X" else "Y")
    rows[63].code += "(01)"
    rows[92].code = rows[91].code                   # two plants of one firm
    rows[92].name = rows[91].name[:-4] + "二厂"
    twice = rows[149]                               # typed in twice
    rows[150].name, rows[150].code, rows[150].address = twice.name, twice.code, twice.address
    rows[150].key, rows[150].special, rows[150].kind = False, False, "排污单位"
    rows[149].key, rows[149].special, rows[149].kind = False, False, "排污单位"
    taken = {s.id: s for s in rows}
    bad = [Site("130606", 900 + i, 400 + i) for i in range(3)]
    bad[0].secret = "是"                             # classified: only on paper
    bad[1].name = ""
    bad[2].county = "130629"                        # not the bureau's
    return rows + bad, taken


class Person:
    def __init__(self, number, county, senior, **more):
        self.id, self.county, self.senior = f"Z{number:03d}", county, senior
        self.name, self.until, self.skills, self.role = f"执法{number:03d}", "2024-12-31", "固体废物、辐射", "执法人员"
        self.leave, self.counted, self.left = "", "是", "9999"
        self.__dict__.update(more)

    def row(self):
        districts = self.county or "130602、130606、130684"
        officer = self.role == "执法人员"
        return (self.id, self.name, f"YS1306{self.id[1:]}" if officer else "", self.until if officer else "",
                UNITS[self.county][0] + "分局" if self.county else "市局综合执法支队", districts,
                SENIOR if self.senior else JUNIOR, self.skills if self.senior else "", "是" if officer else "否", "是",
                "是" if officer else "否", self.role, self.counted, "" if officer else "2020-12-01", self.leave)


def people():
    out = []
    for county, grades in (("130602", "SSSJJJ"), ("130606", "SSSJJJ"), ("130684", "SSSJJ"), ("130624", "SJJ"), ("", "SSJJ")):
        for grade in grades:
            out.append(Person(len(out) + 1, county, grade == "S"))
    out[4].until = "2021-06-30"                     # a certificate that ends in mid-year
    out[9].leave = "2021-04-01至2021-06-30"
    out.append(Person(len(out) + 1, "130602", True, role="专家", counted="否"))
    return out


MATTERS = """事项编码,抽查事项,抽查类别,检查内容,检查依据,检查对象,实施层级,检查方式,事项类别,抽查频次,要求专业,生效日期
SX-01,排污许可证执行情况,排污许可监管,持证排污和台账记录,《排污许可管理条例》,排污单位；危废经营单位,市级、县级,现场检查；非现场检查,重点检查事项,每年不少于一次,,2021-01-01
SX-02,污染防治设施运行情况,污染防治监管,设施运行和达标排放,《水污染防治法》《大气污染防治法》,排污单位；排污口,市级、县级,现场检查,重点检查事项,每年不少于一次,,2021-01-01
SX-03,危险废物经营情况,固体废物监管,经营许可和转移联单,《固体废物污染环境防治法》,危废经营单位,市级、县级,现场检查,重点检查事项,每年不少于一次,固体废物,2021-01-01
SX-04,建设项目环境保护情况,环评和三同时监管,环评手续和竣工验收,《环境影响评价法》,建设项目,市级、县级,现场检查,一般检查事项,每年不少于一次,,2021-01-01
SX-05,机动车排放检验情况,移动源监管,检验设备和检验过程,《大气污染防治法》,机动车检验机构,市级、县级,现场检查,重点检查事项,每年不少于一次,,2021-01-01
SX-06,生态环境监测服务情况,监测机构监管,资质和报告真实性,《环境保护法》,监测机构,市级、县级,现场检查,一般检查事项,每年不少于一次,,2021-01-01
SX-07,辐射安全情况,辐射监管,许可证和辐射监测,《放射性污染防治法》,核技术利用单位,市级、县级,现场检查,重点检查事项,每年不少于一次,辐射,2021-01-01
"""
RECUSALS = """回避编号,回避人员,回避对象,回避关系,起始日,截止日,来源
HB-001,Z001,130602-0011,亲属,2021-01-01,,本人申报
HB-002,Z008,130606-0020,曾任职,2021-01-01,2022-12-31,人事档案
"""
LINES = """编号,类别,名称,范围,期次,目标,事项,依据
ZX-VOC,专项,夏季挥发性有机物专项,class=key;industry=C26,2021-Q2,60%,SX-02,夏季臭氧攻坚方案（演示）
LH-1,部门联合,与市场监管局联合抽查机动车检验机构,kind=vehicle,2021-Q2,1,SX-05,部门联合抽查计划（演示）
LH-2,部门联合,与应急管理局联合抽查化工企业,industry=C26,2021-Q3,5,SX-02,部门联合抽查计划（演示）
LH-3,部门联合,与住建局联合抽查建设项目,kind=project,2021-Q4,1,SX-04,部门联合抽查计划（演示）
"""
DEPARTMENT = "编号,姓名,执法证号,执法证有效期至,老新,回避对象\n" + "".join(
    f"YJ-{i},应急{'甲乙丙丁'[i]},YJ00{i},2024-12-31,{'新' if i % 2 else '老'},\n" for i in range(4))
# Visits of the first week, made before the system was used; rows of the file of opening balances.
OPENING = (("检查", "130602-0002", "2021-01-05", "日常", "1"), ("检查", "130606-0003", "2021-01-06", "日常", "1"),
           ("检查", "130684-0010", "2021-01-07", "个案", "1"), ("案件", "130684-0010", "2021-01-07", "", "1"),
           ("任务量", "Z001", "2021-01-05", "", "1"), ("任务量", "Z004", "2021-01-05", "", "1"))
# 2021's days that are not Monday to Friday; date,working,name.
CALENDAR = "date,working,name\n" + "".join(f"2021-{d},{w},{n}\n" for days, w, n in (
    ("01-01", 0, "元旦"), ("02-07", 1, "补班"), ("02-11 02-12 02-15 02-16 02-17", 0, "春节"), ("02-20", 1, "补班"),
    ("04-05", 0, "清明节"), ("04-25", 1, "补班"), ("05-03 05-04 05-05", 0, "劳动节"), ("05-08", 1, "补班"),
    ("06-14", 0, "端午节"), ("09-18", 1, "补班"), ("09-20 09-21", 0, "中秋节"), ("09-26", 1, "补班"),
    ("10-01 10-04 10-05 10-06 10-07", 0, "国庆节"), ("10-09", 1, "补班")) for d in days.split())


def csv(heads, rows):
    return ",".join(heads) + "\n" + "".join(",".join(r) + "\n" for r in rows)


def files():
    """The first files by name."""
    rows, _ = sites()
    return {"检查对象.csv": csv(SITE_HEADS, [s.row() for s in rows]),
            "检查人员.csv": csv(PEOPLE_HEADS, [p.row() for p in people()]),
            "抽查事项.csv": MATTERS, "回避关系.csv": RECUSALS, "项目.csv": LINES, "放假.csv": CALENDAR,
            "已做的检查.csv": csv(("类别", "编号", "日期", "检查类型", "次数"), OPENING)}
