-- A pedido that may have ended a worker is still suspect when its turn to call a dependency comes (sql/limit_call.sql): the message that
-- said so is acknowledged when it begins to wait.
alter table esperas add column suspeito boolean not null default false;
