using System.CommandLine;
using System.Globalization;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Rows;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Local;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel rows</c>: the newest rows, once or as they come.</summary>
internal static class RowsCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private static readonly Option<string?> Table = CommonOptions.Name(new Option<string?>("--table") { Description = "Only this table, such as pixel_507f1f77bcf86cd799439011_20261120 or rejected_pixel", HelpName = "TABLE" });
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on and show rows as they come, until Ctrl-C" };
    private static readonly Option<int> Limit = CommonOptions.Limit(20, "Show at most so many of the newest rows");
    private static readonly BigQueryOptions BigQuery = new();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<string> BaseTable = CommonOptions.BaseTable();
    private static readonly Option<string> Data = CommonOptions.Data();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();

    public static Command Create()
    {
        var command = new Command("rows", $"Show the newest rows of the event tables (of the {TableSet.MaxTables} newest tables, unless --table names one)")
        {
            Table, Limit, Follow, Dataset, BaseTable, Data, Format,
        };
        BigQuery.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = BigQuery.Connect(arguments);
        var tables = new TableSet(client, arguments.GetValue(Dataset)!, arguments.GetValue(Table));
        var format = arguments.GetValue(Format);
        var limit = arguments.GetValue(Limit);
        if (Print(format, await tables.ReadAsync(limit, cancellationToken)) is var leftOut and > 0)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{leftOut} {(leftOut == 1 ? "column" : "columns")} without a value left out; --format json has all."));
        }

        if (await DroppedIn(client, arguments).ReadAsync(TimeProvider.System.GetUtcNow(), cancellationToken) is { } dropped)
        {
            await Console.Error.WriteLineAsync(dropped);
        }

        while (arguments.GetValue(Follow) && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(PollInterval, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            if (!cancellationToken.IsCancellationRequested && await tables.ReadAsync(int.MaxValue, cancellationToken) is { Count: > 0 } rows)
            {
                Print(format, rows);
            }
        }

        return 0;
    }

    private static LatelyDropped DroppedIn(BigQueryClient client, ParseResult arguments) => new(
        client,
        client.GetTableReference(arguments.GetValue(Dataset)!, "rejected_" + arguments.GetValue(BaseTable)),
        BigQuery.ProjectOf(arguments) is null ? new DataFolder(arguments.GetValue(Data)!) : null);

    /// <returns>How many columns are left out: people see none that all of the rows leave empty.</returns>
    private static int Print(OutputFormat format, List<StoredRow> rows)
    {
        var all = rows.SelectMany(r => r.Columns).Distinct().ToList();
        var columns = format == OutputFormat.Table ? all.FindAll(c => rows.Exists(r => r[c] is not null)) : all;
        RecordPrinter.Print(format, ["table", .. columns], rows.ConvertAll<IReadOnlyList<object?>>(row => [row.TableId, .. columns.Select(c => row[c])]), "No rows yet.");
        return all.Count - columns.Count;
    }
}
