-- The operator who cancelled a redrive. Unknown if an earlier version did it.
alter table redrives add column cancelado_por text;
