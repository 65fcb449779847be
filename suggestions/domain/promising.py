"""Sentences that speak of what will be done: found by the words in which officers promise, clause by clause."""

import re
from collections.abc import Iterator

_ENDS = re.compile(r"(?<=[。！？；\n])")
_CLAUSES = re.compile(r"[，,；;：:。！？\n]")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」")
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十\d]*[）)、.．]?\s*下一步的?(工作)?(打算|计划|安排|措施|思路|考虑)?")
_ASKED = re.compile(
    r"^[（(]?[一二三四五六七八九十\d]*[）)、.．]?\s*关于.*的(建议|问题|诉求|意见|事|答复)$"
    r"|^(对于?|针对|关于)?(您|你们|代表)[^，]{0,8}(提出|建议|反映|提到|希望|要求|所提|指出|关心)"
    r"|^(建议|诉求)(中)?(提出|提到|是)|^第?[一二三四五六七八九十\d]+条(建议|诉求)"
)
"""Where the deputy's request is repeated, nothing is promised by the unit."""
_DONE = re.compile(r"已|曾|去年|上年|前年|近年来|此前|截至|了(?!解)|(?<=[验通经超])过(?!程|去|渡)|以来")
_NUMBER = r"[\d一二三四五六七八九十]+"
_VERBS = "推进|加大|做好|加强|完善|协调|跟踪|争取|落实|督促|推动|优化|规范|解决|打造|提升|破解|改善|扩大|关注"
_SURE = re.compile(
    r"即将|(?<!已)(?<!已经)(?<!麻)(?<!健)(?<!先后)将(?!其|此|上述|以上|该|这|军|领[、，的]|士|近\d|近[一二三四五六七八九十百千万两])"
    r"(?!们|、|的(?!来)|$)"
    r"|(?<!按)(?<!照)计划(?=[于在到\d今明下]|用|年底|新增|新建|投入|开展|安排|实施|完成|启动|采购|建设|改造|建成|投资|增加|增设|设置|将)"
    r"|(?<=\S)(?:列入|纳入)[^，。；]{0,24}(?:计划|规划|预算|项目库)(?!的|后|管理)"
    r"|(?<![模虚草比所已])拟(?!稿|文|人|态|合|真|声)(?![定订](?![于在\d今明下]))"
    r"|力争|(?<!已)(?<!经)(?<!过)争取(?!到|了|的)|(?<!比)(?<!较)(?<!超)预计(?!的)|有望|打算(?!$)"
    r"|(?<!为)(?<!对)(?<!是)下一步(?!的)"
    r"|(?<!已)(?<!已经)着手|准备(?=[于在\d今明下]|用|启动|开展|实施|采购|新建|增设|建设|安排|改造)"
    r"|条件(?:成熟|具备|允许)(?:的?时|之?后|的)|(?<![等接招看对期亟善款优留])待(?!遇|命|业|定|人)[^，。；]{1,24}(?:后|时|再)"
    r"|(?:我们|[我本](?:局|委|办|院|中心|街道|镇|乡))会(?!议|同(?!步|时)|商|签|面|上|员|计|场|见|长|所|展)|一定会"
    r"|(?:[我本](?:局|委|办|院|们|中心|街道|镇|乡)|郑重)承诺(?!书|制|函|的|已|都|均|全部)|规划(?:建设|新建|新增|到|于)|明年|后年|届时|择[期机日]|今后|十五五.{0,2}期间"
)
"""Words that promise wherever they stand."""
_UNLESS_DONE = re.compile(
    rf"{_NUMBER}月(?:{_NUMBER}日|底|末|初|中旬)?(?:之|以)?前|{_NUMBER}个(?:月|工作日)内|\d+年(?:底|末|内|上半年|下半年)?(?:之|以)?前|年底(?:之|以)?前|年内|本?季度[末内]"
    r"|下半年|到20\d\d年|适时|逐步|陆续|分[批期](?!次?的)|尽快|尽早|早日|抓紧|确保.{0,16}(?:开工|完成|建成|投用|开放|到位|落地)"
    rf"|着力(?:{_VERBS})|(?:加快|大力|全力|稳步|有序|深入)(?:推进|实施|建设)|(?<!您)(?<!您能)(?:继续|进一步|持续)(?:{_VERBS})"
)
"""Words that promise unless the same clause says that it is done."""


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, with their closing mark, blanks left out."""
    for part in _ENDS.split(text):
        if part.strip():
            yield part.strip()


def is_promising(sentence: str) -> bool:
    """Whether a sentence says that something will be done: quotations, headings and repeated requests do not count."""
    said = _QUOTED.sub("", sentence)
    if _HEADING.fullmatch(said.strip(" ：:。\n")):
        return False
    return any(_promises(clause.strip()) for clause in _CLAUSES.split(said))


def _promises(clause: str) -> bool:
    if not clause or _ASKED.search(clause):
        return False
    if _SURE.search(clause):
        return True
    return bool(_UNLESS_DONE.search(clause)) and not _DONE.search(clause)
