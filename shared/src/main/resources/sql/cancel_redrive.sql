update redrives set finished = clock_timestamp(), cancelado_por = ? where id = ? and finished is null
