-- Pedidos that were accepted before the recovery began and are still not published. Retries count when they are due.
select count(*)
from pedidos
where relay_at is not null
  and not published
  and aceito_em <= ?
  and (status <> 'RETRYING' or relay_at <= clock_timestamp())
