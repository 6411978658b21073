-- What persons said of these names of a line and a lot that is not gone, the newest first: {meant, state}.
SELECT meant, state
FROM judged.meant_now
WHERE record = :record AND key = :key AND names = :names AND maker = :maker AND number = :number AND state <> 'gone'
ORDER BY meant DESC
