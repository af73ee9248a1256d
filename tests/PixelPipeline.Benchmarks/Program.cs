using PixelPipeline.Benchmarks;

return args switch
{
    ["readers", .. var rest] => await ReaderBenchmark.RunAsync(Lines(rest)),
    ["summarize", .. var rest] => await SummarizeBenchmark.RunAsync(Lines(rest)),
    ["import", .. var rest] => await ImportBenchmark.RunAsync(Lines(rest)),
    _ => Usage(),
};

static int Lines(string[] arguments) =>
    arguments is [var lines] ? int.Parse(lines, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;

static int Usage()
{
    Console.Error.WriteLine("Which benchmark? readers [LINES] | summarize [LINES] | import [LINES]");
    return 2;
}
