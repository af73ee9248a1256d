using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Options;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Targets;

/// <summary>The options that say which BigQuery a command speaks to: the local one, or Google's.</summary>
internal sealed class BigQueryOptions
{
    private static readonly string DefaultHost = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{CommonOptions.BigQueryPort}");

    private readonly Option<string> _host = Host(new Option<string>("--bigquery")
    {
        Description = $"Where the local BigQuery is; unless given, {BigQueryEndpoint.EmulatorVariable} or {DefaultHost}",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(BigQueryEndpoint.EmulatorVariable) is { Length: > 0 } host ? host : DefaultHost,
    });

    private readonly Option<string?> _project = ValueOptions.Must(
        new Option<string?>("--project")
        {
            Description = "Use Google's BigQuery in this project, instead of the local one",
            HelpName = "PROJECT",
        },
        text => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':'),
        "the id of a Google Cloud project: letters, digits and -");

    /// <summary>Lets an option take endpoints only.</summary>
    public static TOption Host<TOption>(TOption option)
        where TOption : Option => ValueOptions.Must(option, BigQueryEndpoint.IsEndpoint, "HOST:PORT, such as 127.0.0.1:9050");

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_host);
        command.Options.Add(_project);
    }

    /// <summary>True where the arguments name a Google Cloud project.</summary>
    public bool IsGoogles(CommandResult arguments) => ValueOptions.TextIn(arguments, _project) is not null;

    /// <summary>The Google Cloud project; null for the local BigQuery.</summary>
    public string? ProjectOf(ParseResult arguments) => arguments.GetValue(_project);

    /// <summary>Where the local BigQuery is, <c>HOST:PORT</c>.</summary>
    public string HostOf(ParseResult arguments) => arguments.GetValue(_host)!;

    /// <summary>A client of the BigQuery that the arguments name.</summary>
    /// <exception cref="CommandException">The endpoint is not HOST:PORT, or there are no credentials.</exception>
    public BigQueryClient Connect(ParseResult arguments) => arguments.GetValue(_project) is { } project
        ? GoogleCredentials.Require(_project.Name, () => BigQueryEndpoint.CreateClient(project, emulatorHost: null))
        : Connect(arguments.GetValue(_host)!);

    /// <summary>A client of the BigQuery at <c>HOST:PORT</c>.</summary>
    /// <exception cref="CommandException">The endpoint is not HOST:PORT.</exception>
    public static BigQueryClient Connect(string host)
    {
        try
        {
            return BigQueryEndpoint.CreateClient("local", host);
        }
        catch (FormatException)
        {
            throw new CommandException($"--bigquery {host} is not HOST:PORT.");
        }
    }
}
