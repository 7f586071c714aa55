-- title: Samples of threads that ran native code
-- unit: samples
-- events: jdk.NativeMethodSample
INSERT INTO temp.cpu_samples
SELECT "stackTrace", TRUE, epoch_ns("startTime"), NULL
FROM jfr."jdk.NativeMethodSample";
