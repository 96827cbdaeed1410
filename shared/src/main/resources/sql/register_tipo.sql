-- A worker has a handler for a tipo. Of workers of several versions the last one that starts tells whether it can undo.
insert into tipos (tipo, desfaz)
values (?, ?)
on conflict (tipo) do update set desfaz = excluded.desfaz where tipos.desfaz <> excluded.desfaz
