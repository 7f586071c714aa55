-- Of a recording without events of the allocator.
CREATE TEMP TABLE temp.stack_walks (thread BIGINT, nanos BIGINT);
