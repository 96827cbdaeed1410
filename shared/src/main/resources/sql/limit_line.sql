-- Whether pedidos wait and are not called yet.
select exists (select from esperas where dependencia = :dependencia and chamado_em is null)
