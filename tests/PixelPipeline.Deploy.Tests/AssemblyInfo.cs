// Scripts wait for their commands most of the time.
[assembly: LevelOfParallelism(3)]
