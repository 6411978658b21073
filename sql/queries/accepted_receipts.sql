-- Every receipt of which something was accepted: {receipt}.
SELECT receipt FROM receiving.receipt WHERE status = 'accepted' ORDER BY receipt
