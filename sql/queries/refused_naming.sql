-- Whether a refused row whose links can be read names one of these: {naming}.
SELECT EXISTS (
    SELECT FROM receiving.refused
    CROSS JOIN LATERAL jsonb_each(possible) AS link
    CROSS JOIN LATERAL jsonb_array_elements_text(link.value) AS name
    WHERE name = ANY (CAST(:names AS text[]))
) AS naming
