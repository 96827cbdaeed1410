update redrives set finished = clock_timestamp() where id = ? and finished is null
