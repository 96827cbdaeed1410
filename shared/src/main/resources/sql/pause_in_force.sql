-- Whether the pause p counts. It is at most an hour long: more is left if the clock was set back.
p.ate > clock_timestamp() and p.ate <= clock_timestamp() + interval '1 hour'
