namespace PixelPipeline.Cli.Output;

/// <summary>Rows for people that go to a file or a pipe: columns below each other, two blanks between them, none at the end of a line.</summary>
internal static class AlignedText
{
    /// <summary>Writes the names, and a line for each row.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="columns">The names, in order.</param>
    /// <param name="rows">A text for each column, without control characters.</param>
    public static void Write(TextWriter writer, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. columns.Select((name, i) => rows.Select(row => row[i].Length).Append(name.Length).Max())];
        writer.WriteLine(ToLine(columns, widths));
        foreach (var row in rows)
        {
            writer.WriteLine(ToLine(row, widths));
        }
    }

    private static string ToLine(IEnumerable<string> texts, int[] widths) =>
        string.Join("  ", texts.Zip(widths, (text, width) => text.PadRight(width))).TrimEnd();
}
