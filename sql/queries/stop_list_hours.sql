-- How many hours old the stop list of a site may be, as two signed it for the site or for all: the fewest of them. {hours}
SELECT min((e.given ->> 'hours')::integer) AS hours
FROM judged.in_effect AS e
WHERE e.thing = 'stops' AND e.state = 'set' AND e.key IN (jsonb_build_array('all'), jsonb_build_array(CAST(:site AS text)))
