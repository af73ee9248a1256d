using System.Globalization;

namespace PixelPipeline.Cli.Output;

/// <summary>Prints rows of named values to standard output, for people or for machines.</summary>
internal static class RecordPrinter
{
    /// <summary>Prints rows.</summary>
    /// <param name="format">How.</param>
    /// <param name="columns">The names, in order.</param>
    /// <param name="rows">A value for each column; null where there is none.</param>
    /// <param name="ifNone">What people are told, on standard error, in place of a table without rows.</param>
    public static void Print(OutputFormat format, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, string ifNone) =>
        Print(Console.Out, format, columns, rows, ifNone);

    /// <summary>Prints rows to a file, or whatever else the writer leads to.</summary>
    public static void Print(TextWriter writer, OutputFormat format, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, string ifNone)
    {
        if (format == OutputFormat.Table)
        {
            PrintTable(writer, columns, rows, ifNone);
            return;
        }

        using var records = new RecordWriter(writer, format, columns);
        foreach (var row in rows)
        {
            records.Write(row);
        }
    }

    private static void PrintTable(TextWriter writer, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, string ifNone)
    {
        List<string[]> texts = [.. rows.Select(row => row.Select(v => TerminalText.WithoutControls(ToText(v))).ToArray())];
        if (texts.Count == 0)
        {
            Console.Error.WriteLine(ifNone);
        }
        else if (writer == Console.Out && Terminal.IsOutput)
        {
            RecordTable.Write(Terminal.Output(), columns, texts);
        }
        else
        {
            AlignedText.Write(writer, columns, texts);
        }
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
