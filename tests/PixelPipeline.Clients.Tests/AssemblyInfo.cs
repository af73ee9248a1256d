// Other programs take a second or two to start: several at once keep the suite short.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(4)]
