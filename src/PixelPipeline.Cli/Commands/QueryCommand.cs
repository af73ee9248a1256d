using System.CommandLine;
using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel query</c>: a question in SQL.</summary>
internal static class QueryCommand
{
    private static readonly Argument<string> Sql = new("SQL") { Description = "A GoogleSQL SELECT, or - to read it from standard input" };
    private static readonly BigQueryOptions BigQuery = new();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();

    public static Command Create()
    {
        var command = new Command("query", "Ask a question in SQL: pixel query 'SELECT * FROM daily_counts ORDER BY date'") { Sql, Dataset, Format };
        BigQuery.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var sql = arguments.GetValue(Sql)!;
        sql = sql == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : sql;
        using var client = BigQuery.Connect(arguments);
        var options = new QueryOptions { DefaultDataset = client.GetDatasetReference(arguments.GetValue(Dataset)!) };
        var results = await AskAsync(client, sql, options, cancellationToken);
        var columns = results.Schema.Fields.Select(f => f.Name).ToList();
        RecordPrinter.Print(arguments.GetValue(Format), columns, results.Select(RowValues.Of), "No rows.");
        return 0;
    }

    private static async Task<BigQueryResults> AskAsync(BigQueryClient client, string sql, QueryOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ExecuteQueryAsync(sql, parameters: null, options, cancellationToken: cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound && e.Error?.Message is { } said && ViewSetup.Names.FirstOrDefault(said.Contains) is { } view)
        {
            throw new CommandException($"There is no view {view} yet: ./pixel up and ./pixel import make the views once there is an event, in Google Cloud deploy/up.sh does. ({said})", e);
        }
    }
}
