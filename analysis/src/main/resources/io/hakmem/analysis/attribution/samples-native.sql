-- title: Samples of threads that ran native code
-- unit: samples
-- events: jdk.NativeMethodSample
INSERT INTO hakmem.cpu_samples
SELECT "stackTrace", TRUE
FROM jfr."jdk.NativeMethodSample";
