-- A page of operations, newest first. It merges one page of each wanted state. Each is a few neighbouring entries of an
-- index, whatever the size of the table and the filter. {of_recebedor}: a condition, or nothing.
select page.ordem, page.external_id, a.answer
from (
    select place.ordem, place.external_id
    from unnest(:states::text[]) states (status)
    cross join lateral (
        select o.ordem, o.external_id
        from operations o
        where coalesce(o.status, '') = states.status
          and (o.ordem, o.external_id) < (:ordem::bigint, :external_id::text)
          {of_recebedor}
        order by o.ordem desc, o.external_id desc
        limit :rows
    ) place
    order by place.ordem desc, place.external_id desc
    limit :rows
) page
join operation_answers a using (external_id)
order by page.ordem desc, page.external_id desc
