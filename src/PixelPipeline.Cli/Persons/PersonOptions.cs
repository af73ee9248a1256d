using System.CommandLine;
using PixelPipeline.Cli.Replaying;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Forgetting;
using PixelPipeline.Local;
using PixelPipeline.Privacy;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Cli.Persons;

/// <summary>What the commands about one person have in common: who, and where to look beside the tables.</summary>
internal sealed class PersonOptions
{
    private readonly Argument<string> _user = new("USER") { Description = "The user id, as rows have it" };

    private readonly Option<string[]> _lakes = new("--lake")
    {
        Description = "Raw entries elsewhere: the lake and the dead letters in Google Cloud, or a folder; may be given several times",
        HelpName = "DIR|gs://BUCKET/PREFIX",
    };

    private readonly Option<string[]> _files = new("--files")
    {
        Description = "Access logs that were imported or dropped: a file, a folder, or a pattern such as 'logs/**/*.gz'; plain or gzip; may be given several times",
        HelpName = "LOGS",
    };

    public PersonOptions()
    {
        Check(_lakes, LakeFiles.IsPlace, "must be a folder that is there, or gs://BUCKET/PREFIX.");
        Check(_files, path => Path.Exists(path) || path.Contains('*', StringComparison.Ordinal), "is no file or folder, and no pattern.");
    }

    /// <summary>Gives a command these.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_user);
        command.Options.Add(_lakes);
        command.Options.Add(_files);
    }

    // Each of the values.
    private static void Check(Option<string[]> option, Func<string, bool> isTaken, string rule) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(t => !string.IsNullOrWhiteSpace(t.Value) && !isTaken(t.Value)))
        {
            result.AddError($"{option.Name} {token.Value} {rule}");
        }
    });

    /// <summary>The person.</summary>
    /// <exception cref="CommandException">The schema names no users.</exception>
    public Person Of(ParseResult arguments, CommandPipeline pipeline) => pipeline.Schema.IndexOf(UserNames.Attribute) >= 0
        ? new Person(arguments.GetValue(_user)!)
        : throw new CommandException($"The schema has no column {UserNames.Attribute}, so nothing says whose a row is: name the schema that has it with --schema.");

    /// <summary>Where to look.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="pipeline">Whose tables.</param>
    /// <param name="data">The data folder of a pipeline of this machine; null for one in Google Cloud.</param>
    /// <param name="person">Who is looked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">A place is not there.</exception>
    public Task<IReadOnlyList<Place>> PlacesAsync(ParseResult arguments, CommandPipeline pipeline, DataFolder? data, Person person, CancellationToken cancellationToken) =>
        new PersonalPlaces(pipeline, data).FindAsync(person, arguments.GetValue(_lakes) ?? [], arguments.GetValue(_files) ?? [], cancellationToken);
}
