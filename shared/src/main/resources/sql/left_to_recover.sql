-- What was accepted before the recovery began and is still not published. Retries count when their time has come.
select count(*)
from pedidos
where relay_at is not null
  and not published
  and aceito_em <= ?
  and (status <> 'RETRYING' or relay_at <= clock_timestamp())
