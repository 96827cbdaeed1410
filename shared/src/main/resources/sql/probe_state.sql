-- Why this session cannot write; empty: it can.
select case
    when pg_is_in_recovery() then 'it is a standby'
    when current_setting('transaction_read_only')::boolean then 'it is read-only'
    else ''
end
