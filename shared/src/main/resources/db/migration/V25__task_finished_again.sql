-- A finished task is finished again whenever an item of it has ended again: then its end is a later one. Its status may be the same: the
-- redrive and the new end of a dead letter are often folded together.
drop trigger tasks_call_back on tasks;
create trigger tasks_call_back after update of terminado_em on tasks
    for each row when (
        new.callback_url is not null
        and new.terminado_em is not null
        and new.terminado_em is distinct from old.terminado_em)
    execute function task_calls_back();
