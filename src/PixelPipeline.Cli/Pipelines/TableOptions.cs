using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Events;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Pipelines;

/// <summary>
/// The options that say what an event is and which table it goes to. Unless given, they are what the function's
/// environment variables say, so that a command and the function agree.
/// </summary>
internal sealed class TableOptions
{
    private static readonly string[] Layouts = ["template", "partitioned"];

    private readonly Option<string> _dataset = CommonOptions.Dataset();
    private readonly Option<string> _table = CommonOptions.BaseTable();
    private readonly Option<string> _suffix = CommonOptions.FromEnvironment("--table-suffix", "SUFFIX", "TableSuffix", SuffixPattern.Default, "How the template layout names tables");
    private readonly Option<string> _layout = CommonOptions.FromEnvironment("--layout", null, "Layout", "template", "template: a table for each user and day; partitioned: one table");
    private readonly Option<string?> _schema = CommonOptions.Schema();

    public TableOptions() => ValueOptions.Choose(_layout, Layouts);

    /// <summary>Gives a command all of these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_schema, _layout, _table, _suffix, _dataset])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The dataset.</summary>
    public string DatasetOf(ParseResult arguments) => arguments.GetValue(_dataset)!;

    /// <summary>The suffix pattern as it was given.</summary>
    public string SuffixOf(ParseResult arguments) => arguments.GetValue(_suffix)!;

    /// <summary>The schema file's full path; null for the one that the function ships.</summary>
    public string? SchemaPathOf(ParseResult arguments) => arguments.GetValue(_schema) is { } path ? Path.GetFullPath(path) : null;

    /// <summary>Reads the schema and makes the layout.</summary>
    /// <exception cref="CommandException">Schema or suffix is none; the message names the flag.</exception>
    public (EventSchema Schema, TableLayout Layout) Read(ParseResult arguments)
    {
        var schema = SchemaSource.Read(arguments.GetValue(_schema));
        var table = arguments.GetValue(_table)!;
        try
        {
            var suffix = SuffixPattern.Parse(SuffixOf(arguments), schema);
            return (schema, arguments.GetValue(_layout) switch
            {
                "partitioned" => new TableLayout.Partitioned(table),
                "template" => new TableLayout.Template(table, suffix),
                var layout => throw new CommandException($"Pixel__Layout is {layout}: {ValueOptions.Allowed(_layout.Name, Layouts)}"),
            });
        }
        catch (SchemaException e)
        {
            throw new CommandException($"{_suffix.Name}: {e.Message}", e);
        }
    }
}
