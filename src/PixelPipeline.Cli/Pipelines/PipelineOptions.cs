using System.CommandLine;
using PixelPipeline.Cli.Commands;
using PixelPipeline.Events;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Pipelines;

/// <summary>
/// The options of the commands that process entries themselves: with the same schema, layout and names as the
/// function, whose environment variables they fall back to.
/// </summary>
internal sealed class PipelineOptions
{
    private readonly Option<string?> _project = new("--project")
    {
        Description = "Use Google's BigQuery in this project, instead of the local one",
        HelpName = "PROJECT",
    };

    private readonly Option<string> _bigQuery = CommonOptions.BigQueryHost();
    private readonly Option<string> _dataset = FromEnvironment("--dataset", "Dataset", "pixels", "The dataset of the tables");
    private readonly Option<string> _table = FromEnvironment("--base-table", "Table", "pixel", "The base table");
    private readonly Option<string> _pixelPath = FromEnvironment("--pixel-path", "PixelPath", "/pixel.png", "The pixel's path");
    private readonly Option<string> _suffix = FromEnvironment("--table-suffix", "TableSuffix", SuffixPattern.Default, "How the template layout names tables");
    private readonly Option<string> _layout = FromEnvironment("--layout", "Layout", "template", "template or partitioned");
    private readonly Option<string?> _schema = CommonOptions.Schema();

    public PipelineOptions() => _layout.AcceptOnlyFromAmong("template", "partitioned");

    /// <summary>Gives a command all of these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_project, _bigQuery, _dataset, _table, _pixelPath, _suffix, _layout, _schema])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Builds the pipeline that the arguments name.</summary>
    /// <exception cref="CommandException">Schema, suffix or endpoint are none; the message names the flag.</exception>
    public CommandPipeline Build(ParseResult arguments)
    {
        var schema = SchemaSource.Read(arguments.GetValue(_schema));
        var layout = ToLayout(arguments, schema);
        var client = arguments.GetValue(_project) is { } project
            ? CommonOptions.GoogleClient(project)
            : CommonOptions.Client(arguments.GetValue(_bigQuery)!);
        return new CommandPipeline(client, arguments.GetValue(_dataset)!, schema, layout, arguments.GetValue(_pixelPath)!);
    }

    private TableLayout ToLayout(ParseResult arguments, EventSchema schema)
    {
        var table = arguments.GetValue(_table)!;
        try
        {
            return arguments.GetValue(_layout) == "partitioned"
                ? new TableLayout.Partitioned(table)
                : new TableLayout.Template(table, SuffixPattern.Parse(arguments.GetValue(_suffix)!, schema));
        }
        catch (SchemaException e)
        {
            throw new CommandException($"{_suffix.Name}: {e.Message}", e);
        }
    }

    private static Option<string> FromEnvironment(string name, string setting, string value, string description) => new(name)
    {
        Description = $"{description}; unless given, Pixel__{setting} or {value}",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Pixel__" + setting) is { Length: > 0 } text ? text : value,
    };
}
