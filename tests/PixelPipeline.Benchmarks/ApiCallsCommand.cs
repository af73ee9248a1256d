using System.CommandLine;
using PixelPipeline.Soak;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Benchmarks;

/// <summary>
/// <c>api-calls</c>: BigQuery API calls for each event, with 1,000 messages under way at once for one table. The function
/// runs as a process of its own; a proxy counts its calls, those of its start included.
/// </summary>
internal static class ApiCallsCommand
{
    private const int Messages = 1_000;
    private const double Goal = 0.02;

    private static readonly Option<int> Events = new("--events") { Description = "How many events", DefaultValueFactory = _ => 100_000 };

    public static Command Create()
    {
        var command = new Command("api-calls", "BigQuery API calls for each event at 1,000 concurrent messages on one table") { Events };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new FaultRunOptions { Events = arguments.GetValue(Events), Seed = 1, IsCalm = true, MaxInFlight = Messages };
        var run = new FaultRun(options, BuiltFiles.OfCheckout());
        var figures = await run.RunAsync(cancellationToken);
        FiguresTable.Print(figures);
        return figures.ViolationCount == 0 && run.ApiCallsPerEvent < Goal ? 0 : 1;
    }
}
