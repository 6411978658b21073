"""Which elements of a GS1 string may stand together, of those that can stand on a medicine's pack
(GS1 General Specifications, section 4; gs1-syntax-dictionary, by lines) (S).
"""

from collections.abc import Mapping, Set

from lots.identifiers.scans.values import Refused

_ITEM = ("01", "8006")
_CONTENT = ("01", "02", "8006", "8026")
# For each identifier: of each group at least one must stand beside it.
REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "02": (("37",),),
    "10": (_CONTENT,),
    **dict.fromkeys(("11", "13", "15", "16", "20", "240", "241", "242"), (_CONTENT,)),
    "17": ((*_CONTENT, "255"),),
    "21": (_ITEM,),
    "22": (("01",),),
    "235": (("01",),),
    "243": (("01",),),
    "250": (_ITEM, ("21",)),
    "251": (_ITEM,),
    "254": (("414",),),
    "30": (("01", "02"),),
    "37": (("00",), ("02", "8026")),
    "415": (("8020",),),
    "422": (_CONTENT,),
    "7001": (_CONTENT,),
    "7003": (("01", "02"),),
    "7004": (("01",), ("10",)),
    "7020": (_ITEM, ("416",)),
    "7021": (_ITEM,),
    "7022": (("7021",),),
    **{str(ai): (("01",),) for ai in range(710, 718)},
    "7240": (_ITEM,),
    "8008": (("01", "02"),),
    "8012": (_ITEM,),
    "8019": (("8017", "8018"),),
    "8020": (("415",),),
    "8026": (("37",),),
    "8200": (("01",),),
}
EXCLUDED: Mapping[str, tuple[str, ...]] = {
    "01": ("02", "255", "37"),
    "02": ("255", "8006", "8026"),
    "21": ("235",),
    "420": ("421",),
    "422": ("426",),
    "8006": ("01", "02", "37", "255", "8026"),
    "8017": ("8018",),
}


def excluded(ais: Set[str]) -> Refused | None:
    """Why some of these may not stand in one code."""
    for ai, others in EXCLUDED.items():
        if ai in ais and (beside := ais & set(others)):
            return Refused("excluded", f"({ai}) may not stand beside ({min(beside)}).")
    return None


def lacking(ais: Set[str]) -> Refused | None:
    """Why some of these may not stand without another."""
    for ai in sorted(ais):
        for group in REQUIRED.get(ai, ()):
            if not ais & set(group):
                return Refused("lacking", f"({ai}) needs ({') or ('.join(group)}) beside it.")
    return None
