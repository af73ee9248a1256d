using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel tables</c>: which tables there are and how much is in them.</summary>
internal static class TablesCommand
{
    private static readonly BigQueryOptions BigQuery = new();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();
    private static readonly Option<int> Limit = CommonOptions.Limit(100, "Show at most so many tables");

    public static Command Create()
    {
        var command = new Command("tables", "List the tables and their rows") { Dataset, Limit, Format };
        BigQuery.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = BigQuery.Connect(arguments);
        var dataset = arguments.GetValue(Dataset)!;
        var limit = arguments.GetValue(Limit);
        var rows = new List<object?[]>();
        var more = 0;
        await foreach (var listed in client.ListTablesAsync(dataset).WithCancellation(cancellationToken))
        {
            if (rows.Count == limit)
            {
                more++;
                continue;
            }

            var table = (await client.GetTableAsync(dataset, listed.Reference.TableId, cancellationToken: cancellationToken)).Resource;
            var isView = table.Type == "VIEW";
            rows.Add([table.TableReference.TableId, table.Type.ToLowerInvariant(), isView ? null : table.NumRows, isView ? null : table.NumBytes, DateTimeOffset.FromUnixTimeMilliseconds(table.CreationTime ?? 0).UtcDateTime]);
        }

        RecordPrinter.Print(arguments.GetValue(Format), ["table", "type", "rows", "bytes", "created"], rows, "No tables yet: they come with the first event.");
        if (more > 0)
        {
            await Console.Error.WriteLineAsync($"{more:N0} more tables; raise --limit to see them.");
        }

        return 0;
    }
}
