using System.CommandLine;

namespace PixelPipeline.Benchmarks.Dashboard;

/// <summary><c>dashboard</c>: how long its pages take over a local BigQuery, in one process as in <c>pixel up</c>.</summary>
internal static class DashboardCommand
{
    private const int Days = 30;

    private static readonly Option<int> Events = new("--events") { Description = "How many events, over 30 days", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Repeats = new("--repeats") { Description = "Of how many events in 100,000 the tables have another copy", DefaultValueFactory = _ => 600 };
    private static readonly Option<bool> Questions = new("--questions") { Description = "What each question costs by itself, too" };

    public static Command Create()
    {
        var command = new Command("dashboard", "How long pages, clicks on filters and live updates of the dashboard take") { Events, Repeats, Questions };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var site = await MeasuredSite.StartAsync(arguments.GetValue(Events), Days, arguments.GetValue(Repeats), cancellationToken);
        var pages = new PageTimes(site);
        await pages.FirstAsync();
        await pages.AgainAsync();
        await pages.ClicksAsync();
        await pages.LiveAsync(cancellationToken);
        if (arguments.GetValue(Questions))
        {
            await QuestionCosts.PrintAsync(site, cancellationToken);
        }

        return 0;
    }
}
