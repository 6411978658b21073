-- Which markers tell of which agent, of those of which earlier donations are looked for (docs/judging.md).
CREATE TEMP TABLE fact_agent ON COMMIT DROP AS
SELECT marker, agent
FROM (VALUES
    ('anti-HIV-1/2', 'HIV'), ('HIV-NAT', 'HIV'), ('anti-HCV', 'HCV'), ('HCV-NAT', 'HCV'), ('HBsAg', 'HBV'),
    ('anti-HBc', 'HBV'), ('HBV-NAT', 'HBV'), ('HAV-NAT', 'HAV'), ('HEV-NAT', 'HEV')
) AS told (marker, agent)
