-- What a person's word on a parked line is now: {state}.
SELECT state FROM judged.meant_now WHERE meant = :meant
