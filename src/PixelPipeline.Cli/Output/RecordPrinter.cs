using System.Globalization;
using Spectre.Console;

namespace PixelPipeline.Cli.Output;

/// <summary>Prints rows of named values to standard output, for people or for machines.</summary>
internal static class RecordPrinter
{
    /// <summary>Prints rows.</summary>
    /// <param name="format">How.</param>
    /// <param name="columns">The names, in order.</param>
    /// <param name="rows">A value for each column; null where there is none.</param>
    public static void Print(OutputFormat format, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) =>
        Print(Console.Out, format, columns, rows);

    /// <summary>Prints rows to a file, or whatever else the writer leads to.</summary>
    public static void Print(TextWriter writer, OutputFormat format, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        if (format == OutputFormat.Table)
        {
            PrintTable(writer, columns, rows);
            return;
        }

        using var records = new RecordWriter(writer, format, columns);
        foreach (var row in rows)
        {
            records.Write(row);
        }
    }

    private static void PrintTable(TextWriter writer, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (Console.IsOutputRedirected || writer != Console.Out)
        {
            console.Profile.Width = 1_000; // nothing is there to wrap lines for
            console.Profile.Capabilities.Ansi = false;
        }

        RecordTable.Write(console, columns, [.. rows.Select(row => row.Select(v => TerminalText.WithoutControls(ToText(v))).ToArray())]);
    }

    /// <summary>A value as text, the same in every format.</summary>
    public static string ToText(object? value) => value switch
    {
        null => "",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
