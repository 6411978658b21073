"""What the walk knows of the records: their columns with kinds, their keys, what is required.

Only this is read from the declarations. What links, rules and limits mean, the walk says once more
by itself, from docs/.
"""

from lots.grammar.kinds import Kind
from lots.records import records

Columns = dict[str, tuple[str, str]]  # name -> (kind; the words of a choice, an amount's digits)

COLUMNS: dict[str, Columns] = {
    record.name: {
        column.name: (
            column.kind.value,
            "|".join(column.choices)
            if column.kind is Kind.CHOICE
            else ".".join(map(str, column.digits))
            if column.kind is Kind.AMOUNT
            else "",
        )
        for column in record.columns
    }
    for record in records().values()
}
KEYS = {record.name: list(record.key) for record in records().values()}
REQUIRED = {
    record.name: [column.name for column in record.columns if column.required]
    for record in records().values()
}
