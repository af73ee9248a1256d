// Google's client waits for seconds between its tries, on a clock that no test can set.
[assembly: LevelOfParallelism(8)]
