-- Whether all that stands here is real or synthetic, as was said once for ever; no row: nobody has said.
SELECT n.nature
FROM access.nature AS n
