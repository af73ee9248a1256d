using System.CommandLine;
using System.Globalization;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Dashboard;
using PixelPipeline.Loopback;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel dashboard</c>: answers to look at in a browser, until Ctrl-C.</summary>
internal static class DashboardCommand
{
    private const double LocalSeconds = 0.5;
    private const int GoogleSeconds = 60; // there each reading costs money
    private const long Megabyte = 1_000_000;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(8);

    private static readonly Option<int> Port = CommonOptions.Port("--port", 8090, "The page's port");
    private static readonly BigQueryOptions BigQuery = new();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<string> Table = CommonOptions.BaseTable();

    private static readonly Option<int?> Refresh = ValueOptions.OptionalNumber(
        "--refresh", "SECONDS", 1, 86_400, $"Seconds between readings while somebody looks; unless given, half a second, or {GoogleSeconds} with --project");

    private static readonly Option<int?> MostMegabytes = ValueOptions.OptionalNumber(
        "--max-megabytes", "MB", 10, 1_000_000_000, "The most that one query may bill on Google's BigQuery; one that would read more is refused");

    private static readonly Option<string> TimeZone = ValueOptions.Must(
        new Option<string>("--time-zone") { Description = "Whose days and hours are shown, such as Europe/Berlin", HelpName = "ZONE", DefaultValueFactory = _ => "UTC" },
        zone => DashboardOptions.FindTimeZone(zone) is not null,
        "a time zone by its name, such as UTC or Europe/Berlin");

    public static Command Create()
    {
        var command = new Command("dashboard", "Show counts, users and events in a browser, live, until Ctrl-C") { Port, Dataset, Table, Refresh, TimeZone, MostMegabytes };
        BigQuery.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = ToOptions(arguments);
        using var logs = ConsoleLog.Create(LogLevel.Warning);
        using var client = BigQuery.Connect(arguments);
        await using var server = await StartAsync(client, options, logs, cancellationToken);
        PrintReady(server, options);
        await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        using var deadline = new CancellationTokenSource(StopLimit);
        await server.StopAsync(deadline.Token);
        return 0;
    }

    private static DashboardOptions ToOptions(ParseResult arguments)
    {
        var project = BigQuery.ProjectOf(arguments);
        var seconds = arguments.GetValue(Refresh) ?? (project is null ? LocalSeconds : GoogleSeconds);
        return new DashboardOptions
        {
            Port = arguments.GetValue(Port),
            Source = project ?? BigQuery.HostOf(arguments),
            IsGoogles = project is not null,
            DatasetId = arguments.GetValue(Dataset)!,
            BaseTable = arguments.GetValue(Table)!,
            Refresh = TimeSpan.FromSeconds(seconds),
            TimeZone = DashboardOptions.FindTimeZone(arguments.GetValue(TimeZone)!)!,
            MaximumBytesBilled = arguments.GetValue(MostMegabytes) * Megabyte,
        };
    }

    private static async Task<DashboardServer> StartAsync(
        BigQueryClient client, DashboardOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        try
        {
            return await DashboardServer.StartAsync(client, options, logs, cancellationToken);
        }
        catch (PortUnavailableException e)
        {
            throw new CommandException($"{e.Message.TrimEnd('.')}: choose another with {Port.Name}.", e);
        }
    }

    private static void PrintReady(DashboardServer server, DashboardOptions options) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        The dashboard is at http://localhost:{server.Port}/
          Reads     {(options.IsGoogles ? "Google's BigQuery, project " : "http://")}{options.Source}, dataset {options.DatasetId}
          How often every {options.Refresh.TotalSeconds:0.#} s while a page is open{(options.IsGoogles ? "; each reading costs what its queries read" : "")}
        Ctrl-C stops it.
        """));
}
