using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Google;
using PixelPipeline.Cli.Exporting;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel export</c>: stored events as a file.</summary>
internal static class ExportCommand
{
    private static readonly Option<string> Format = new("--format") { Description = "csv (RFC 4180, with a header) or jsonl, also called json (one object a line)", HelpName = "csv|jsonl", DefaultValueFactory = _ => "csv" };
    private static readonly Option<DateTime?> From = Instant("--from", "Only events from this day or instant on");
    private static readonly Option<DateTime?> To = Instant("--to", "Only events before this day or instant");
    private static readonly Option<string?> Out = PathOptions.FileToWrite(new Option<string?>("--out") { Description = "A file, which appears once it is complete; unless given, standard output", HelpName = "FILE" });
    private static readonly Option<string> Table = CommonOptions.BaseTable();
    private static readonly BigQueryOptions BigQuery = new();
    private static readonly Option<string> Dataset = CommonOptions.Dataset();

    public static Command Create()
    {
        ValueOptions.Choose(Format, "csv", "jsonl", "json");
        var command = new Command("export", "Write stored events to a file, each once, columns in schema order") { Format, From, To, Out, Table, Dataset };
        BigQuery.AddTo(command);
        command.Validators.Add(result =>
        {
            if (InstantIn(result.GetResult(From)) >= InstantIn(result.GetResult(To)))
            {
                result.AddError($"{From.Name} must be before {To.Name}, from which on nothing is exported: for one day, name the next.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = BigQuery.Connect(arguments);
        var tables = new StoredEvents(client, arguments.GetValue(Dataset)!, arguments.GetValue(Table)!);
        var columns = await ColumnsAsync(tables, arguments.GetValue(Table)!, cancellationToken);
        using var file = new ExportFile(arguments.GetValue(Out));
        var rows = tables.ReadAsync(arguments.GetValue(From), arguments.GetValue(To), cancellationToken);
        var records = new ExportRecords(file.Writer, arguments.GetValue(Format) == "csv" ? OutputFormat.Csv : OutputFormat.Json, columns);
        var writing = records.WriteAsync(rows);
        await (IsTerminalFree(arguments) ? WorkProgress.ShowAsync(writing, () => string.Create(CultureInfo.InvariantCulture, $"{records.Written:N0} events")) : writing);
        file.Complete();
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{records.Written:N0} events exported; {tables.Doubles:N0} doubles left out."));
        return 0;
    }

    // Events and progress would be mixed up in one terminal.
    private static bool IsTerminalFree(ParseResult arguments) => arguments.GetValue(Out) is not null || Console.IsOutputRedirected;

    private static async Task<IReadOnlyList<string>> ColumnsAsync(StoredEvents tables, string table, CancellationToken cancellationToken)
    {
        try
        {
            return await tables.ColumnsAsync(cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            throw new CommandException($"There is no table {table}: name another with --base-table or --dataset.", e);
        }
    }

    private static Option<DateTime?> Instant(string name, string description) => ValueOptions.Must(
        new Option<DateTime?>(name)
        {
            Description = $"{description}, UTC, such as 2026-11-20 or 2026-11-20T12:00:00Z",
            HelpName = "TIME",
            CustomParser = InstantIn,
        },
        text => Parse(text) is not null,
        "a day such as 2026-11-20 or an instant such as 2026-11-20T12:00:00Z");

    // Validators see what could not be read, too, and may not ask for its value.
    private static DateTime? InstantIn(SymbolResult? result) => result?.Tokens is [var token] ? Parse(token.Value) : null;

    private static DateTime? Parse(string text)
    {
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'"];
        return DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;
    }
}
