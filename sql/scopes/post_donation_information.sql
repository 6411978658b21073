-- Rows of which these receipts may change what is known: {centre, information}.
CREATE TEMP TABLE scope_post_donation_information ON COMMIT DROP AS
SELECT DISTINCT centre, information FROM accepted.post_donation_information WHERE receipt = ANY (:receipts)
