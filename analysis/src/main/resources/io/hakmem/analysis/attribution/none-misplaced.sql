-- Without exact counters, or without the CPU time of each sample, none can be told.
CREATE TEMP TABLE temp.misplaced (sample BIGINT, layer VARCHAR, method INTEGER, target INTEGER);
