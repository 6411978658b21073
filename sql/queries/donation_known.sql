-- Whether a record of the donation, or of a unit of it, has arrived: {known}.
SELECT
    EXISTS (SELECT FROM accepted.donation WHERE donation_number = :donation)
    OR EXISTS (SELECT FROM accepted.plasma_unit WHERE donation_number = :donation) AS known
