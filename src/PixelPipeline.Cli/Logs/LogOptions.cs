using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Cli.Logs;

/// <summary>What the commands that read access logs have in common: which files, which format, where bad lines go.</summary>
internal sealed class LogOptions
{
    private readonly Argument<string[]> _paths = new("PATHS")
    {
        Description = "Log files, folders, patterns such as 'logs/**/*.gz', or - for standard input; what they are packed in is found out",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _recursive = new("--recursive", "-r") { Description = "Folders mean their subfolders as well" };

    private readonly Option<string?> _format = new("--log-format")
    {
        Description = "The lines' format; unless given, it is found out from each file's first lines",
    };

    private readonly Option<string?> _bad = PathOptions.FileToWrite(new Option<string?>("--bad")
    {
        Description = "Write all lines that cannot be read to this file, as file, line number and reason",
        HelpName = "FILE",
    });

    private readonly Option<string?> _timeZone = ValueOptions.Must(
        new Option<string?>("--time-zone")
        {
            Description = "The zone of times that name none (haproxy): a name such as Europe/Berlin; unless given, UTC",
            HelpName = "ZONE",
        },
        zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _),
        "a time zone of this machine, such as Europe/Berlin or UTC");

    public LogOptions() => ValueOptions.Choose(_format, [.. LogFormats.Labels]);

    /// <summary>Gives a command all of these.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_paths);
        foreach (var option in (Option[])[_recursive, _format, _timeZone, _bad])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The files that the arguments name.</summary>
    /// <exception cref="CommandException">One names nothing.</exception>
    public List<LogFile> Files(ParseResult arguments) => LogInputs.Find(
        arguments.GetValue(_paths)!,
        arguments.GetValue(_recursive),
        arguments.GetValue(_timeZone) is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null);

    /// <summary>The named format; null to find it out.</summary>
    public LogFormat? Format(ParseResult arguments) => arguments.GetValue(_format) is { } label ? LogFormats.Find(label) : null;

    /// <summary>Where troubles with lines and files go.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="goesOn">What an earlier run wrote stays.</param>
    public LogTroubles Troubles(ParseResult arguments, bool goesOn = false) => new(arguments.GetValue(_bad), goesOn);
}
