-- What decisions say of a pack, seen from a place: words of PACK_STATUSES (lots/decisions/facts.py). The one place where a
-- scan asks for it; nothing until decisions are kept.
SELECT CAST(NULL AS text[]) AS statuses
