using System.CommandLine;
using System.Globalization;
using System.Text;
using PixelPipeline.Cli.Logs;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Summaries;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel summarize</c>: hits by date and path out of access logs.</summary>
internal static class SummarizeCommand
{
    private static readonly LogOptions Logs = new();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();
    private static readonly Option<bool> Chart = new("--chart") { Description = "Show the hits of each day as bars instead" };

    private static readonly Option<string?> Keys = ValueOptions.Must(
        new Option<string?>("--keys")
        {
            Description = "Count by the values of these query parameters as well, such as user_id,type",
            HelpName = "NAMES",
        },
        keys => SplitKeys(keys).Length > 0,
        "names with commas between them, such as user_id,type");

    private static readonly Option<string?> Out = PathOptions.FileToWrite(new Option<string?>("--out") { Description = "Write the summary to this file, as CSV unless --format says otherwise; - for standard output", HelpName = "FILE" });

    public static Command Create()
    {
        var command = new Command("summarize", "Count the hits in access logs by date and path");
        Logs.AddTo(command);
        foreach (var option in (Option[])[Keys, Out, Chart, Format])
        {
            command.Options.Add(option);
        }

        Keys.Validators.Add(result =>
        {
            if (SplitKeys(result.GetValueOrDefault<string>()).Any(k => k is "date" or "path" or "hits"))
            {
                result.AddError("--keys must not be date, path or hits: these columns are always there.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static string[] SplitKeys(string? keys) =>
        [.. (keys ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var troubles = Logs.Troubles(arguments);
        var summarizer = new Summarizer(SplitKeys(arguments.GetValue(Keys)), Logs.Format(arguments), troubles.Add, troubles.Add);
        var files = Logs.Files(arguments);
        var summarizing = summarizer.SummarizeAsync(files, cancellationToken);
        await WorkProgress.ShowAsync(summarizing, LogProgress.OfTime(files));
        var summary = await summarizing;
        Write(arguments, summary);
        troubles.Print();
        troubles.RequireLines(summary.Lines - summary.BadLines);
        return troubles.HasFailedFiles ? 1 : 0;
    }

    private static void Write(ParseResult arguments, Summary summary)
    {
        var path = arguments.GetValue(Out);
        var format = path is null || arguments.GetResult(Format) is { Implicit: false } ? arguments.GetValue(Format) : OutputFormat.Csv;
        if (path is not (null or "-"))
        {
            WriteFile(path, format, summary);
        }
        else if (arguments.GetValue(Chart))
        {
            DayChart.Print([.. summary.Rows.GroupBy(r => r.Date, (date, rows) => (date, rows.Sum(r => r.Hits)))]);
        }
        else
        {
            WriteTo(Console.Out, format, summary);
        }
    }

    private static void WriteFile(string path, OutputFormat format, Summary summary)
    {
        try
        {
            using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            WriteTo(file, format, summary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--out {path} cannot be written: {e.Message}", e);
        }
    }

    private static void WriteTo(TextWriter writer, OutputFormat format, Summary summary)
    {
        if (format == OutputFormat.Csv)
        {
            SummaryCsv.Write(summary, writer);
            return;
        }

        var rows = summary.Rows.Select(r => (object?[])[r.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), r.Path, .. r.Keys, r.Hits]);
        RecordPrinter.Print(writer, format, SummaryCsv.ColumnsOf(summary), [.. rows], "No hits.");
    }
}
