using System.CommandLine;
using System.CommandLine.Parsing;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Commands;

namespace PixelPipeline.Cli.Pipelines;

/// <summary>The options that say which BigQuery a command speaks to: the local one, or Google's.</summary>
internal sealed class BigQueryOptions
{
    private readonly Option<string> _host = CommonOptions.BigQueryHost();

    private readonly Option<string?> _project = new("--project")
    {
        Description = "Use Google's BigQuery in this project, instead of the local one",
        HelpName = "PROJECT",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_host);
        command.Options.Add(_project);
    }

    /// <summary>True where the arguments name a Google Cloud project.</summary>
    public bool IsGoogles(CommandResult arguments) => arguments.GetValue(_project) is not null;

    /// <summary>The Google Cloud project; null for the local BigQuery.</summary>
    public string? ProjectOf(ParseResult arguments) => arguments.GetValue(_project);

    /// <summary>Where the local BigQuery is, <c>HOST:PORT</c>.</summary>
    public string HostOf(ParseResult arguments) => arguments.GetValue(_host)!;

    /// <summary>A client of the BigQuery that the arguments name.</summary>
    /// <exception cref="CommandException">The endpoint is none, or there are no credentials.</exception>
    public BigQueryClient Connect(ParseResult arguments) => arguments.GetValue(_project) is { } project
        ? CommonOptions.GoogleClient(project)
        : CommonOptions.Client(arguments.GetValue(_host)!);
}
