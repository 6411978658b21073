"""Small files for the corners of docs/linking.md and of the grammar, which a plausible plant
reaches seldom or never.

Each maker gives the files of one landing folder: text by sender/name.
"""

Files = dict[str, str]
AT = "2026-03-01T10:00:00Z"
GTIN, OTHER, EIGHT = "04099991000102", "14099991000109", "96385074"
HEADERS = {
    "test_result": "sample,marker,run,tested,tested_id,tested_at,interpretation,status,value",
    "lot_input": (
        "manufacturer,lot_number,step,from_manufacturer,from_number,from_step,amount,amount_unit"
    ),
    "lyophilisation_load": "plant,cycle,from_lot_number,lot_number,vials",
    "pack": "gtin,serial,manufacturer,lot_number,step,vials",
    "lot": "manufacturer,lot_number,step,product,gtin,amount,made_at,expires_on",
    "dispensing": (
        "pharmacy,dispensing,to_kind,patient_key,dispensed_at,gtin,serial,lot_number,vials"
    ),
    "administration": "site,administration,patient_key,status,started_at",
    "administration_vial": "site,administration,item,gtin,serial,lot_number,vials,given_g",
    "donation": (
        "donation_number,scheme,check_character,donor_key,centre,plasma_kind,collected_at,collected_ml,"
        "donor_weight_kg,total_protein_g_dl,haemoglobin_g_dl"
    ),
    "party": "party_id,kind,name,address,gln,zone",
}
ORIGINAL, DECLARED = ",,", "1,QA-1,typing error"


def table(record: str, *rows: str, end: str = "\n") -> str:
    """A file of a record: its header with the correction's columns, and rows that bring theirs
    along.
    """
    return end.join([f"{HEADERS[record]},correction,corrected_by,correction_reason", *rows, ""])


def result(sample: str, status: str, value: str, how: str = ORIGINAL, at: str = AT) -> str:
    """A laboratory's result on a sample."""
    return f"{sample},HBsAg,1,donation,D1,{at},nonreactive,{status},{value},{how}"


def versions() -> Files:
    """Contents that are the same and contents that are not; ranks by correction and by status; what
    returns.
    """
    files = [
        table(
            "test_result",
            result("A", "final", "1"),
            result("B", "", "1"),
            result("E", "final", "6.40"),
            result("F", "final", "1"),
            result("H", "final", "1"),
            result("I", "final", "1"),
        ),
        table(
            "test_result",
            result("A", "final", "2"),
            result("B", "preliminary", "1"),
            result("E", "final", "6.4"),
            result("F", "final", "1", at="2026-03-01T11:00:00+01:00"),
            result("H", "final", "2", "1,QA-1,"),
            result("I", "final", "2", "1,,typing error"),
        ),
        table(
            "test_result",
            result("A", "final", "3", DECLARED),
            result("F", "final", "1", at="2026-03-01 10:00+00:00"),
            result("G", "unheard", "1"),
            result("I", "preliminary", "2", DECLARED),
        ),
        table(
            "test_result",
            result("A", "final", "1"),
            result("G", "unseen", "1"),
            result("G", "unheard", "1"),
            result("B", "", "2"),
            result("I", "corrected", "9"),
        ),
        table(
            "test_result",
            result("A", "final", "2", "0,QA-1,typing error"),
            result("H", "final", "1", ",QA-1,typing error"),
        ),
        table(
            "test_result",
            result("J", "final", "1"),
            result("J", "final", "1", "x,QA-1,typing error"),
            result("J", "final", "1", "y,QA-1,typing error"),
            result("K", "final", "1", "2,QA-1,late"),
            result("K", "final", "2", "10,QA-1,later"),
        ),
        table(
            "test_result",
            result("E", "final", "6.4") + ",x",
            result("A", "final", "3", DECLARED) + ",",
        ).replace("correction_reason", "correction_reason,note"),
    ]
    return {f"LAB-01/test_result-{n}.csv": text for n, text in enumerate(files, 1)}


def ways() -> Files:
    """Cycles and inputs that were corrected; packs and lots that contradict each other; every way
    to a vial.
    """
    return {
        "P-1/lot_input-1.csv": table(
            "lot_input",
            "P-1,L1,bulk,P-1,L2,bulk,1,kg,,,",
            "P-1,L2,bulk,P-1,L1,bulk,1,kg,,,",
            "P-1,L1,bulk,P-1,POOL-1,pool,1,kg,,,",
            "P-1,L3,filled,P-1,L2,bulk,1,kg,,,",
            "P-1,L5,bulk,P-1,L5,bulk,1,kg,,,",
        ),
        "P-1/lot_input-2.csv": table(
            "lot_input",
            "P-1,L3,filled,P-1,L2,bulk,2,kg,1,QA-1,why",
            "P-1,L3,filled,P-1,,bulk,2,kg,1,QA-1,why",
            "P-1,L4,packed,P-1,L3,filled,abc,kg,,,",
            "P-1,L1,bulk,P-1,POOL-2,pool,,,,,",
            "P-1,L6,bulk,P-1,L7,pool,,,,,",
            "P-1,L6,odd,P-1,L7,pool,,,,,",
        ),
        "P-1/lyophilisation_load-1.csv": table(
            "lyophilisation_load", "P-1,C1,L3,L3,5,,,", "P-1,C2,L3,L9,5,,,"
        ),
        "P-1/lot-1.csv": table(
            "lot",
            *(
                f"{lot},{AT},2027-01-01,,,"
                for lot in (
                    f"P-1,L3,packed,IG,{GTIN},5",
                    f"P-2,L3,packed,IG,{OTHER},5",
                    "P-3,L3,packed,IG,,5",
                    "P-1,L3,dried,IG,,5",
                    f"P-1,L8,packed,IG,{GTIN},5",
                )
            ),
        ),
        "P-1/lot-2.csv": table(
            "lot",
            f"P-1,L8,packed,IG,{OTHER},5,{AT},2027-01-01,{DECLARED}",
            f"P-1,L3,packed,IG,{OTHER},5,{AT},2027-01-01,,,",
        ),
        "P-1/pack-1.csv": table(
            "pack",
            f"{GTIN},S1,P-1,L3,packed,1,,,",
            f"{GTIN},S2,P-1,L8,packed,1,,,",
            f"{GTIN},S3,P-1,,packed,1,,,",
            f"{GTIN},S4,P-9,L9,packed,1,,,",
            f"{GTIN},S5,P-1,L3,odd,1,,,",
            f"{GTIN},S1,P-1,L8,packed,1,,,",
        ),
        "P-1/pack-2.csv": table(
            "pack",
            f"{GTIN},S2,P-1,L3,packed,1,{DECLARED}",
            f"{GTIN},S6,P-5,L3,packed,1,,,",
            "04099991000109,S9,P-1,L3,packed,1,,,",
            f"{GTIN[1:]},S2,P-1,L8,packed,1,,,",
            f"{EIGHT},S8,P-1,L3,packed,1,,,",
            f"000000{EIGHT},S8,P-1,L3,packed,1,,,",
        ),
        **_dispensings(),
        **_infusions(),
    }


def _dispensings() -> Files:
    def handed(
        number: int, named: str, vials: str = "1", patient: str = "PT1", how: str = ORIGINAL
    ) -> str:
        return f"PH,{number},patient,{patient},{AT},{named},{vials},{how}"

    names = (
        f"{GTIN},S1,L3",
        f"{GTIN},S2,",
        f"{GTIN},S3,",
        f"{GTIN},S4,L9",
        f"{GTIN},S5,L3",
        ",S1,L3",
        ",,L3",
        f"{GTIN},,L8",
        f"{GTIN},,",
        f"{GTIN},NONE,L3",
        f"{GTIN},S6,L3",
        f"{GTIN},S2,L8",
        f"{GTIN},S2,NONE",
        "b\td,S1,L3",
        f"{OTHER},,L3",
        *(
            f"{gtin},{named}"
            for gtin in (GTIN[1:], f"{GTIN[:-1]}9", EIGHT)
            for named in ("S1,L3", "S1,", ",L3", "S8,", ",L8")
        ),
    )
    return {
        "PH/dispensing-1.csv": table(
            "dispensing", *(handed(n, named) for n, named in enumerate(names, 1))
        ),
        "PH/dispensing-2.csv": table(
            "dispensing",
            handed(1, f"{GTIN},S1,L3", patient="PT2"),
            handed(2, f"{GTIN},S2,", "1", "", DECLARED),
            handed(7, ",,L3", "3"),
            handed(7, ",,L3", "x"),
            handed(12, f"{GTIN},S2,L3"),
            handed(10, f"{GTIN},S1,L3", how=DECLARED),
        ),
    }


def _infusions() -> Files:
    def infusion(number: int, status: str, patient: str = "PT1", how: str = ORIGINAL) -> str:
        return f"CL,{number},{patient},{status},{AT},{how}"

    def vial(
        number: int, item: str, named: str = f"{GTIN},S1,L3", vials: str = "1", how: str = ORIGINAL
    ) -> str:
        return f"CL,{number},{item},{named},{vials},10,{how}"

    states = ("given", "not_given", "not_given", "unheard", "", "stopped", "not_given", "given")
    return {
        "CL/administration-1.csv": table(
            "administration", *(infusion(n, s) for n, s in enumerate(states, 1))
        ),
        "CL/administration-2.csv": table(
            "administration",
            infusion(2, "not_given", "PT3"),
            infusion(3, "given", "PT2"),
            infusion(7, "given", how=DECLARED),
            infusion(8, "given", "PT2"),
            infusion(10, "not_given", ""),
            infusion(11, "not_given", "PTé"),
        ),
        "CL/administration_vial-1.csv": table(
            "administration_vial",
            *(vial(n, "1") for n in range(1, 12)),
            vial(1, "01"),
            vial(1, "2", f"{GTIN},S1,"),
            vial(1, "3", f"{GTIN},,"),
            vial(1, "4", f"{GTIN},,NONE"),
            vial(1, "5", f"{GTIN},S2,L3"),
            vial(3, "2", f"{GTIN},S2,L3"),
        ),
        "CL/administration_vial-2.csv": table(
            "administration_vial",
            vial(1, "1", f"{GTIN},S2,L3"),
            vial(1, "2", f"{GTIN},NONE,", how=DECLARED),
            vial(1, "6", f"{GTIN},S2,L3", ""),
            vial(1, "6", f"{GTIN},S2,L3", "2"),
        ),
    }
