-- What decisions say of a lot, seen from a place: {market, status}. The one place where a scan asks for it. A status is
-- one of LOT_STATUSES (lots/decisions/facts.py), a market empty where it holds in all; until decisions are kept, one row
-- says that nobody keeps them, so that no lot is released and no stop is taken for absent.
SELECT CAST(NULL AS text) AS market, 'not kept' AS status
