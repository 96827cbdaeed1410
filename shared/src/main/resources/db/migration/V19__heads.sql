-- The relay_at of a published pedido that waits in the line of its receiver: the relay looks at it when it has become the head.
create function only_as_head() returns timestamptz language sql immutable parallel safe as $$
    select timestamptz '9999-01-01 00:00:00+00'
$$;
