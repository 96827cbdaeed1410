-- The size of a pedido whose size is unknown: an older version inserted it. It counts as one of the largest, because measuring it
-- costs more than to take it alone.
14000000
