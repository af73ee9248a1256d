using Spectre.Console;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>Prints figures as a table in Markdown, as docs/performance.md has it.</summary>
internal static class ResultTable
{
    private const int Width = 200; // a row is a line, wherever it goes to

    public static void Print(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Markdown);
        for (var i = 0; i < columns.Length; i++)
        {
            table.AddColumn(i == 0 ? new TableColumn(columns[i]) : new TableColumn(columns[i]).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow(Array.ConvertAll(row, Markup.Escape));
        }

        AnsiConsole.Profile.Width = Width;
        AnsiConsole.Write(table);
    }
}
