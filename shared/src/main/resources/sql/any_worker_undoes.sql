select exists (select from living_workers where ? = any (desfaz))
