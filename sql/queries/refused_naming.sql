-- Whether a refused row whose links can be read names one of these: {naming}.
SELECT EXISTS (
    SELECT FROM receiving.refused, jsonb_each(possible) AS link WHERE link.value ?| CAST(:names AS text[])
) AS naming
