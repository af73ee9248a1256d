using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Spectre.Console;

namespace PixelPipeline.Cli.Output;

/// <summary>Prints rows of named values to standard output, for people or for machines.</summary>
internal static class RecordPrinter
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints rows.</summary>
    /// <param name="format">How.</param>
    /// <param name="columns">The names, in order.</param>
    /// <param name="rows">A value for each column; null where there is none.</param>
    public static void Print(OutputFormat format, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) =>
        Print(Console.Out, format, columns, rows);

    /// <summary>Prints rows to a file, or whatever else the writer leads to.</summary>
    public static void Print(TextWriter writer, OutputFormat format, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        switch (format)
        {
            case OutputFormat.Json:
                PrintJson(writer, columns, rows);
                break;
            case OutputFormat.Csv:
                PrintCsv(writer, columns, rows);
                break;
            default:
                PrintTable(writer, columns, rows);
                break;
        }
    }

    private static void PrintTable(TextWriter writer, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(v => new Text(WithoutControls(ToText(v)))));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (Console.IsOutputRedirected || writer != Console.Out)
        {
            console.Profile.Width = 1_000; // nothing is there to wrap lines for
            console.Profile.Capabilities.Ansi = false;
        }

        console.Write(table);
    }

    private static void PrintJson(TextWriter writer, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        foreach (var row in rows)
        {
            var line = columns.Zip(row).ToDictionary(c => c.First, c => c.Second is DateTime or DateOnly ? ToText(c.Second) : c.Second);
            writer.WriteLine(JsonSerializer.Serialize(line, Json));
        }
    }

    private static void PrintCsv(TextWriter writer, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }, leaveOpen: true);
        foreach (var row in rows.Prepend(columns))
        {
            foreach (var value in row)
            {
                csv.WriteField(ToText(value));
            }

            csv.NextRecord();
        }
    }

    internal static string ToText(object? value) => value switch
    {
        null => "",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Stored texts come from strangers: none may steer the terminal.</summary>
    private static string WithoutControls(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
