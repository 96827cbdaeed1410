-- A page of webhooks, newest first. It merges one page of each wanted status.
select page.ordem, page.webhook_id, a.answer
from (
    select place.ordem, place.webhook_id
    from unnest(:states::text[]) states (status)
    cross join lateral (
        select w.ordem, w.webhook_id
        from webhooks w
        where w.status = states.status and w.ordem < :ordem
        order by w.ordem desc
        limit :rows
    ) place
    order by place.ordem desc
    limit :rows
) page
join webhook_answers a using (webhook_id)
order by page.ordem desc
