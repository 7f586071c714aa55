-- Which method belongs to which layer. The first rule that matches both whole names wins.
-- Beside the layers there are two answers: 'caller', the frame is a helper and its caller decides;
-- 'platform', the frame is the JDK's and whoever called it decides.
-- Methods that no rule names are the application's.

CREATE TEMP SEQUENCE temp.rule_order;
CREATE TEMP TABLE temp.layer_rules (
  priority INTEGER DEFAULT nextval('temp.rule_order'),
  class VARCHAR, method VARCHAR, layer VARCHAR);

INSERT INTO temp.layer_rules (class, method, layer) VALUES
  -- filling and copying memory, on whoever's behalf
  ('io\.hakmem\.memory\.RawMemory', 'fill.*|zeroFew', 'zeroing'),
  ('io\.hakmem\.memory\.RawMemory', 'copy.*', 'copying'),
  ('io\.hakmem\.(Hakmem|Heap|Allocator)', 'reallocate', 'copying'),

  -- helpers of every layer
  ('io\.hakmem\.memory\.RawMemory', '.*', 'caller'),
  ('io\.hakmem\.config\..*', '.*', 'caller'),
  ('io\.hakmem\.thread\.CacheLayout', '.*', 'caller'),
  ('io\.hakmem\.thread\.Accounts', '.*', 'caller'),
  ('io\.hakmem\.thread\.ThreadCaches', 'current|place|table|indexMask|registry|isMine|isNobodys', 'caller'),
  ('io\.hakmem\.thread\.SharedCaches\$Stripe', '.*', 'caller'),
  ('io\.hakmem\.thread\.CacheRegistry', 'slow|shared', 'caller'),
  ('io\.hakmem\.thread\.FreePaths(\$.*)?', 'live|path', 'caller'),
  ('io\.hakmem\.thread\.CacheSlow',
    'grow|exceedsBudget|shrinkAnother|releaseUnlessChecked|lowWater|cached|listed|(|first|set)[cC]apacity|owner',
    'caller'),
  ('io\.hakmem\.central\.CentralList', 'cut', 'caller'),
  ('io\.hakmem\.slab\.LargeBlocks', 'isLarge|usableBytes', 'caller'),
  ('io\.hakmem\.slab\.Footprint(\$.*)?', '.*', 'caller'),
  ('io\.hakmem\.slab\.Segment', 'span|indexOf|addressOf|mask|assign', 'caller'),
  ('io\.hakmem\.(Hakmem|Heap|ThreadCache)', 'isMapped|isMine|owner|classOf|fits', 'caller'),
  ('io\.hakmem\.central\.Batch(Index)?', '.*', 'caller'),
  ('io\.hakmem\.slab\.BlockLinks', 'next|link', 'caller'),
  ('io\.hakmem\.slab\.RecordedSlabs', 'carved', 'caller'),
  ('io\.hakmem\.thread\.Quarantine', 'held|isOn', 'caller'),

  -- events, counters read for them, the agent: what exists to be seen
  ('io\.hakmem\.event\..*', '.*', 'instrumentation'),
  ('io\.hakmem\.thread\.(Sampling|Tracing|TraceBuffer|TraceCode|TraceWriter)(\$.*)?', '.*', 'instrumentation'),
  ('io\.hakmem\.thread\.(ThreadCaches|SharedCaches)', 'trace.*|lambda\$trace.*|operations',
    'instrumentation'),
  ('io\.hakmem\.thread\.(ClassCounters|ProcessEvents|Registries|ThreadUse)(\$.*)?', '.*', 'instrumentation'),
  ('io\.hakmem\.thread\.FreePath(s|Probe)(\$.*)?', '.*', 'instrumentation'),
  ('io\.hakmem\.thread\.AgentNotice(\$.*)?', '.*', 'instrumentation'),
  ('io\.hakmem\.thread\.CacheRegistry(\$.*)?', 'emit.*|counters|lambda\$emit.*', 'instrumentation'),
  ('io\.hakmem\.(Hakmem|thread\.(ThreadCaches|SharedCaches))', 'counters|freePath|start|sharedCounters|threads',
    'instrumentation'),
  ('io\.hakmem\.(AllocatorStatistics|AllocatorMXBean|Jmx|Options)(\$.*)?', '.*', 'instrumentation'),
  ('io\.hakmem\.(Hakmem|Allocator)', 'statistics|(un)?register.*|emit.*|lambda\$(un)?register.*',
    'instrumentation'),
  ('io\.hakmem\.agent\..*', '.*', 'instrumentation'),
  ('jdk\.jfr\..*', '.*', 'instrumentation'),

  -- misuse found
  ('io\.hakmem\.slab\.(Block|)Record(s|Areas)(\$.*)?', 'find.*|entry.*|displaced|place', 'registry'),
  ('io\.hakmem\.slab\.SlabRegistry(\$.*)?', '.*', 'registry'),
  ('io\.hakmem\.slab\.Segments', 'slabOf|segmentOf|lookUps', 'registry'),
  ('io\.hakmem\.slab\.Segment', 'spanAt|slab(At|OrNull)', 'registry'),
  ('io\.hakmem\.slab\.(BlockRecords|BlockPoison|BlockLinks|RecordedSlabs|RecordAreas|Poison)(\$.*)?', '.*', 'free checks'),
  ('io\.hakmem\.thread\.(Checked|Guarded).*', '.*', 'free checks'),
  ('io\.hakmem\.thread\.(InvalidFrees|Diagnosis|Closed|Quarantine|Stacks|Sweep|Leaks)(\$.*)?',
    '.*', 'free checks'),
  ('io\.hakmem\.LeakReport(\$.*)?', '.*', 'free checks'),
  ('io\.hakmem\.(Hakmem|Allocator)', 'liveBlocks|exemptFromLeaks|.*close.*leak.*', 'free checks'),
  ('io\.hakmem\.InvalidFreeException', '.*', 'free checks'),
  ('io\.hakmem\.(Hakmem|Heap)', 'invalid.*|isSizeOf|notSizeOf', 'free checks'),

  -- from and to the operating system
  ('io\.hakmem\.memory\..*', '.*', 'OS'),
  ('io\.hakmem\.slab\.LargeBlocks', 'map', 'OS'),
  ('io\.hakmem\.slab\.(LargeBlocks|Segments)', 'firstTouch', 'OS'),

  -- shared between threads
  ('io\.hakmem\.central\..*', '.*', 'central lock'),
  ('io\.hakmem\.thread\.SharedCaches', 'lock.*', 'central lock'),

  -- the slow half of a free
  ('io\.hakmem\.thread\.CacheSlow', 'free.*|spill.*|flush', 'spill'),
  ('io\.hakmem\.thread\.ThreadCaches', 'freeSlow|flush.*|sweep.*|close|release.*', 'spill'),
  ('io\.hakmem\.thread\.ThreadCaches\$Release', '.*', 'spill'),
  ('io\.hakmem\.thread\.SharedCaches', 'free|close', 'spill'),
  ('io\.hakmem\.thread\.CacheRegistry(\$.*)?', 'sweep.*|retire|close', 'spill'),
  ('io\.hakmem\.slab\.LargeBlocks', 'free.*|giveBack|release.*', 'spill'),
  ('io\.hakmem\.slab\.Segments', 'release.*|giveBack.*|purge.*|removeUnused|discard|takeDirty|all', 'spill'),
  ('io\.hakmem\.slab\.Segment', 'giveBack.*|takeDirty|unused|dirtyBytes|usedOrDirtyBytes|forEachSlab', 'spill'),
  ('io\.hakmem\.slab\.Slab', 'collect', 'spill'),
  ('io\.hakmem\.(Hakmem|Heap|ThreadCache)', 'free.*Slow|freeOther|reclaim', 'spill'),
  ('io\.hakmem\.(Hakmem|Heap|Allocator|ThreadCache)', 'trim|flush.*|close', 'spill'),

  -- the fast half of a free
  ('io\.hakmem\.(Hakmem|Heap|Allocator|ThreadCache)', 'free|freeByHeader|addressOf', 'free fast'),
  ('io\.hakmem\.(Hakmem|Confined|Shared)Arena', 'close|freeBlocks', 'free fast'),
  ('io\.hakmem\.thread\.(FreePath|\w+Push)', 'pop', 'allocate fast'),
  ('io\.hakmem\.thread\.(FreePath|\w+Push)', 'header', 'free fast'),
  ('io\.hakmem\.thread\.(FreePath|DirectPush)', '.*', 'free fast'),

  -- which slab an address belongs to
  ('io\.hakmem\..*Registry(\$.*)?', 'find.*|slabOf.*|lookup.*', 'registry'),

  -- the fast half of an allocate
  ('io\.hakmem\.(Hakmem|Heap|Allocator|ThreadCache)',
    'allocate(Segment|Aligned|Zeroed|Buffer)?|usable.*|lambda\$segmentAllocator.*',
    'allocate fast'),
  ('io\.hakmem\.(Hakmem|Confined|Shared)Arena', '.*', 'allocate fast'),
  ('io\.hakmem\.thread\.FreeList', '.*', 'allocate fast'),

  -- the slow half of an allocate, and getting ready for the first
  ('io\.hakmem\.thread\.(CacheSlow|ThreadCaches|SharedCaches|CacheRegistry)(\$.*)?', '.*',
    'allocate slow'),
  ('io\.hakmem\.slab\..*', '.*', 'allocate slow'),
  ('io\.hakmem\.(Hakmem|Heap|Allocator|ThreadCache)(\$.*)?', '.*', 'allocate slow'),

  ('(java|javax|jdk|sun|com\.sun)\..*', '.*', 'platform');
