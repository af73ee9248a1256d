using System.CommandLine;
using PixelPipeline.Benchmarks;
using PixelPipeline.Benchmarks.Dashboard;
using PixelPipeline.Benchmarks.Events;

var root = new RootCommand("Measures PixelPipeline")
{
    AgentBenchmark.Create(),
    ApiCallsCommand.Create(),
    EventsBenchmark.Create(),
    BareServer.Create(),
    ImmediateBigQuery.Create(),
    OfLines("readers", "Reads a generated file of each log format", ReaderBenchmark.RunAsync),
    OfLines("summarize", "Sums up a generated log, side by side with mawk and wc", SummarizeBenchmark.RunAsync),
    OfLines("sql", "Asks the local BigQuery over as many events", SqlBenchmark.RunAsync),
    DashboardCommand.Create(),
    OfLines("import", "Imports a generated log, without a database", ImportBenchmark.RunAsync),
};
return await root.Parse(args).InvokeAsync();

static Command OfLines(string name, string description, Func<int, Task<int>> run)
{
    var lines = new Argument<int>("lines") { Description = "How many lines", DefaultValueFactory = _ => 1_000_000 };
    var command = new Command(name, description) { lines };
    command.SetAction(arguments => run(arguments.GetValue(lines)));
    return command;
}
