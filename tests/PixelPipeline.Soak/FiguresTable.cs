using Spectre.Console;

namespace PixelPipeline.Soak;

/// <summary>Prints figures as a table, which is Markdown, and the violations below it.</summary>
internal static class FiguresTable
{
    public static void Print(Figures figures)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumn("figure").AddColumn(new TableColumn("value").RightAligned());
        foreach (var (name, value) in figures.Lines)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        AnsiConsole.Write(table);
        foreach (var violation in figures.Violations)
        {
            Console.WriteLine($"VIOLATION {violation}");
        }
    }
}
