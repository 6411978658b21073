"""The owner's function by which refused rows are forgotten, before their file is read again: of
each its leaf stays, by which the entry that it stood under is proved.
"""

from lots.store.ledger import leaves

_REFUSED = "EXISTS (SELECT FROM receiving.receipt WHERE receipt.receipt = of_receipt AND status = 'all_refused')"
# Each statement asks by itself whether all of it was refused: of any other receipt nothing goes,
# whoever calls. The leaf is kept first, since it is made of the row.
FORGET_REFUSED = (
    f"""CREATE FUNCTION receiving.forget_refused(of_receipt bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
    INSERT INTO ledger.gone (of_act, relation, position, leaf, why)
    SELECT refused.act, 'receiving.refused', refused.line,
        {leaves.leaf_before(leaves.REFUSED_ROWS)}, 'read_again'
    FROM receiving.refused
    WHERE refused.receipt = of_receipt AND {_REFUSED};
    DELETE FROM receiving.refused WHERE refused.receipt = of_receipt AND {_REFUSED};
END""",
    (
        "COMMENT ON FUNCTION receiving.forget_refused IS "
        "'refused rows of a file of which nothing was accepted, before it is read again'"
    ),
    "REVOKE ALL ON FUNCTION receiving.forget_refused FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION receiving.forget_refused TO lots_pipeline",
)
