"""What the demo tells the public of each programme: policy, who benefits, how to apply.

The texts are written for the fictional district. They name no rate, no amount and no rule of any
real programme.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from sites.demo.services import key_of
from sites.models import Programme

UNPUBLISHED = frozenset({"DBHC"})
"""Programmes whose texts are still being written: the page shows what is missing."""

CHINESE_MARKS = str.maketrans({",": "\uff0c", ";": "\uff1b"})
"""Commas and semicolons as Chinese prints them; the source keeps to those of the keyboard."""


class Policy(NamedTuple):
    """The three texts of a programme."""

    policy: str
    beneficiaries: str
    procedure: str


BUILT = (
    "1. 行政村召开村民会议或村民代表会议,确定建设意愿并公示;\n"
    "2. 村民委员会向所在乡镇提出申请;\n"
    "3. 乡镇汇总后报牵头部门,牵头部门会同区民生办现场核实;\n"
    "4. 列入年度计划后,按程序勘察设计、批复、招标和建设;\n"
    "5. 完工后由乡镇初验、牵头部门组织竣工验收,邀请群众代表参加。"
)
"""How a place comes into a plan of works."""
PAID = (
    "1. 本人或其监护人向户籍所在地乡镇提出申请;\n"
    "2. 乡镇受理并入户调查,审核意见在村内公示;\n"
    "3. 牵头部门审批确认;\n"
    "4. 资金按期通过一卡通发放,变动情况及时核实。"
)
"""How a person comes to a benefit."""
POLICIES = {
    "LWGL": Policy(
        "对通行能力不足、路面破损的县道、乡道实施提质改造,同步完善排水和安全设施,建成后移交管护。",
        "项目沿线行政村、自然村的居民,以及过往客货运输车辆。",
        BUILT,
    ),
    "DLCT": Policy(
        "实施农村道路畅通工程,延伸和联通乡道、村道,方便群众出行和农产品外运,建成后纳入日常管护。",
        "尚未通硬化路或道路联通不足的行政村、自然村的居民。",
        BUILT,
    ),
    "CZDL": Policy(
        "对村组内部道路进行硬化,连接自然村与通村道路,方便群众生产生活。",
        "列入年度计划的村民组的居民。",
        BUILT,
    ),
    "WFGZ": Policy(
        "对经鉴定为危险房屋的农村低收入等重点对象住房实施改造,可采取维修加固、原址重建、"
        "异地新建或统建安置、集中租赁等方式,确保住房安全。",
        "符合条件的农村低收入群体等重点对象。家庭信息依法保护,对外只公布各村户数。",
        "1. 农户自愿向村民委员会提出申请;\n2. 委托专业机构进行房屋安全鉴定;\n"
        "3. 村级评议并公示,乡镇审核,区级审批;\n4. 农户选择改造方式并实施;\n"
        "5. 竣工验收合格后,补助资金通过一卡通发放。",
    ),
    "ZXC": Policy(
        "围绕垃圾收运、饮水安全、改厕、道路硬化、污水处理、绿化亮化等内容建设美丽乡村中心村。",
        "中心村及周边自然村的居民。",
        BUILT,
    ),
    "YSAQ": Policy(
        "新建和改造农村集中供水工程,延伸供水管网,巩固提升农村饮水安全水平。",
        "供水工程覆盖范围内的农村居民和学校。",
        BUILT,
    ),
    "XXSL": Policy(
        "对塘坝、堰坝、泵站、渠道等小型水利工程进行改造提升,改善灌溉和排涝条件,落实管护主体。",
        "工程受益范围内的村民和农业经营主体。",
        BUILT,
    ),
    "JCQ": Policy(
        "整治乡镇政府驻地建成区的道路、管网、环境和公共设施,提升集镇服务功能。",
        "集镇居民和到集镇办事、就学、就医、赶集的群众。",
        BUILT,
    ),
    "LJXQ": Policy(
        "对建成较早、设施老化的居住小区进行改造,完善水、电、路、排水和公共服务设施。",
        "列入年度改造计划的小区居民。",
        "1. 业主协商达成改造意愿;\n2. 社区向乡镇街道提出申请;\n3. 列入年度计划后公示改造方案;\n"
        "4. 组织实施,居民代表参与监督和验收。",
    ),
    "XSWX": Policy(
        "维修加固农村校舍,改善教学和生活条件,消除安全隐患。",
        "项目学校的师生。",
        "1. 学校提出维修需求;\n2. 教育部门组织安全排查和核实;\n3. 列入计划并公示;\n"
        "4. 利用假期集中施工,验收后投入使用。",
    ),
    "PHQ": Policy(
        "对基础设施差、房屋老化的棚户区实施改造,改善居民住房条件和周边环境。",
        "列入改造范围的居民家庭。",
        "1. 划定改造范围并征求居民意见;\n2. 公布补偿安置方案;\n3. 签订协议;\n4. 实施改造与安置。",
    ),
    "FWZX": Policy(
        "建设村级为民服务中心,为群众就近提供代办、咨询等服务。",
        "项目所在村和周边村的居民。",
        BUILT,
    ),
    "WBGY": Policy(
        "保障农村特困人员的基本生活和照料护理,按期发放供养资金。",
        "符合条件的农村特困人员。个人信息不对外公开,只公布人数和金额。",
        PAID,
    ),
    "CJBT": Policy(
        "对生活困难的残疾人给予生活救助,缓解基本生活困难。",
        "符合条件的困难残疾人。个人信息不对外公开,只公布人数和金额。",
        PAID,
    ),
    "JNPX": Policy(
        "面向有就业意愿的劳动者开展就业技能培训,考核合格的颁发证书,并推荐就业。",
        "有就业意愿和培训需求的城乡劳动者。",
        "1. 持有效证件到乡镇人社服务机构报名;\n2. 按专业编班,公布时间地点;\n"
        "3. 参加培训和考核;\n4. 合格者领取证书并登记就业意向。",
    ),
    "XNMP": Policy(
        "围绕本地主导产业开展新型农民培训,集中授课与实地指导相结合。",
        "从事种植、养殖和农产品加工的农民,以及新型农业经营主体的带头人。",
        "1. 向村民委员会或乡镇农业服务机构报名;\n2. 公布班次和课程;\n3. 参加培训和考核;\n"
        "4. 合格者发给证书,后续跟踪指导。",
    ),
    "YBJB": Policy(
        "通过政府购买服务,由专业机构承办城乡居民医保经办服务,方便群众就近办理。",
        "参加城乡居民医保的居民。",
        "1. 持有效证件到乡镇便民服务窗口办理;\n2. 材料齐全的当场受理;\n3. 办理结果可在窗口查询。",
    ),
    "DBHC": Policy("委托第三方机构核查低保对象家庭经济状况。", "", ""),
}


def tell_policies(programmes: list[Programme], as_of: datetime.date) -> None:
    """Fill in the texts of programmes; those of the years begun are published if complete."""
    for programme in programmes:
        key = key_of(programme)
        found = POLICIES[key]
        programme.policy_text = found.policy.translate(CHINESE_MARKS)
        programme.beneficiaries_text = found.beneficiaries.translate(CHINESE_MARKS)
        programme.procedure_text = found.procedure.translate(CHINESE_MARKS)
        programme.is_published = key not in UNPUBLISHED and programme.year <= as_of.year
