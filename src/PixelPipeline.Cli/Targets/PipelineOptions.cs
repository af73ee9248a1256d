using System.CommandLine;
using System.CommandLine.Parsing;

namespace PixelPipeline.Cli.Targets;

/// <summary>The options of the commands that process entries themselves, as the function would.</summary>
internal sealed class PipelineOptions
{
    private readonly BigQueryOptions _bigQuery = new();
    private readonly TableOptions _tables = new();

    /// <summary>Gives a command all of these options.</summary>
    public void AddTo(Command command)
    {
        _bigQuery.AddTo(command);
        _tables.AddTo(command);
    }

    /// <summary>True where the arguments name a Google Cloud project.</summary>
    public bool IsGoogles(CommandResult arguments) => _bigQuery.IsGoogles(arguments);

    /// <summary>The Google Cloud project; null for the local BigQuery.</summary>
    public string? ProjectOf(ParseResult arguments) => _bigQuery.ProjectOf(arguments);

    /// <summary>Where the local BigQuery is, <c>HOST:PORT</c>.</summary>
    public string HostOf(ParseResult arguments) => _bigQuery.HostOf(arguments);

    /// <summary>Builds the pipeline that the arguments name.</summary>
    /// <exception cref="CommandException">Schema, suffix or endpoint cannot be used; the message names the option.</exception>
    public CommandPipeline Build(ParseResult arguments)
    {
        var client = _bigQuery.Connect(arguments);
        var settings = _tables.SettingsOf(arguments, client.ProjectId);
        var (schema, layout) = TableOptions.Read(settings);
        return new CommandPipeline(client, settings, schema, layout);
    }
}
