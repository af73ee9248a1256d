using Spectre.Console;
using Spectre.Console.Rendering;

namespace PixelPipeline.Cli.Output;

/// <summary>Rows for people: side by side where they fit, else each by itself with a field a line.</summary>
internal static class RecordTable
{
    private static readonly Style Name = new(decoration: Decoration.Bold);

    /// <summary>Writes rows.</summary>
    /// <param name="console">Where to; its width decides.</param>
    /// <param name="columns">The names, in order.</param>
    /// <param name="rows">A text for each column, without control characters.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        var table = ToTable(columns, rows);
        var width = ((IRenderable)table).Measure(RenderOptions.Create(console, console.Profile.Capabilities), int.MaxValue / 2).Max;
        if (width <= console.Profile.Width)
        {
            console.Write(table);
            return;
        }

        foreach (var row in rows)
        {
            console.Write(ToGrid(columns, row));
            console.WriteLine();
        }
    }

    private static Table ToTable(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, Name)).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(text => new Text(text)));
        }

        return table;
    }

    private static Grid ToGrid(IReadOnlyList<string> columns, string[] row)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (column, text) in columns.Zip(row))
        {
            grid.AddRow(new Text(column, Name), new Text(text));
        }

        return grid;
    }
}
