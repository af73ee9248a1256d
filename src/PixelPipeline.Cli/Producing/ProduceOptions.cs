using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Cli.Urls;
using Spectre.Console;

namespace PixelPipeline.Cli.Producing;

/// <summary>The options that all of <c>pixel produce</c> has: where to, and how.</summary>
internal sealed class ProduceOptions
{
    private const string AddressVariable = "API_URL";
    private const string KeyVariable = "API_KEY";

    // What Polly takes.
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MostTimeout = TimeSpan.FromDays(1);

    private readonly Option<Uri?> _to = UrlOption.Create(
        "--to", $"Where events go: a pixel's URL, or a collector's, which ends with /collect; unless given, {AddressVariable} of the environment or .env, or http://localhost:8080/pixel.png");

    private readonly Option<string?> _key = new("--key") { Description = $"The collector's key; better in {KeyVariable} of the environment or .env", HelpName = "KEY" };
    private readonly Option<int> _workers = Recursive(ValueOptions.Number("--workers", "N", 5, 1, 1_000, "Requests at once"));
    private readonly Option<int?> _rate = new("--rate") { Description = "Events a second at most, over all workers; a /s behind it is allowed", HelpName = "N", CustomParser = r => ReadRate(r), Recursive = true };
    private readonly Option<ShortTime> _maxDelay = ValueOptions.Duration("--max-delay", TimeSpan.Zero, "Each worker waits a random time up to this before a request");
    private readonly Option<ShortTime> _timeout = ValueOptions.Duration("--timeout", TimeSpan.FromSeconds(10), "The longest that one attempt takes");
    private readonly Option<string?> _schema = CommonOptions.Schema();
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Send to a target that is not on this machine without asking", Recursive = true };
    private readonly Option<int> _seed = Recursive(ValueOptions.Number("--seed", "N", 1, 0, int.MaxValue, "Repeats the same events and delays"));

    public ProduceOptions() => _timeout.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && ShortTime.TryParse(token.Value, out var time) && (time.Time < LeastTimeout || time.Time > MostTimeout))
        {
            result.AddError("--timeout must be 10ms to 1440m.");
        }
    });

    /// <summary>The seed of whatever is random.</summary>
    public int Seed(ParseResult arguments) => arguments.GetValue(_seed);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_to, _key, _workers, _rate, _maxDelay, _timeout, _schema, _yes, _seed])
        {
            option.Recursive = true;
            command.Options.Add(option);
        }
    }

    /// <summary>What is known of the events before they are sent: for a pixel, which takes anything, the schema; a collector says itself what is wrong.</summary>
    /// <exception cref="CommandException">The target is no URL, or the schema cannot be read.</exception>
    public FieldCheck? Check(ParseResult arguments) =>
        EventTarget.IsCollectorAt(AddressOf(arguments)) ? null : new FieldCheck(SchemaSource.Of(arguments.GetValue(_schema)), refuseUnknown: false);

    /// <summary>Makes a producer, after asking where that is needed.</summary>
    /// <exception cref="CommandException">The target is no URL, or sending there was declined.</exception>
    public async Task<Producer> BuildAsync(ParseResult arguments, FieldCheck? check, ProduceStatistics statistics, CancellationToken cancellationToken)
    {
        var address = AddressOf(arguments);
        if (!address.IsLoopback && !arguments.GetValue(_yes))
        {
            await AskAsync(address, cancellationToken);
        }

        var options = new ProducerOptions(
            arguments.GetValue(_workers), arguments.GetValue(_rate), arguments.GetValue(_maxDelay).Time, arguments.GetValue(_timeout).Time, Seed(arguments));
        return new Producer(new EventTarget(address, arguments.GetValue(_key) ?? Setting(KeyVariable)), options, check, statistics, TimeProvider.System);
    }

    private Uri AddressOf(ParseResult arguments) => arguments.GetValue(_to) ?? ReadAddress();

    private static Uri ReadAddress() => Setting(AddressVariable) switch
    {
        null => new Uri("http://localhost:8080/pixel.png"),
        var text => HttpUrl.TryRead(text, out var address)
            ? address
            : throw new CommandException($"{AddressVariable} {text}, of the environment or .env, is no http or https URL: mend it, or name a target with --to."),
    };

    private static async Task AskAsync(Uri address, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new CommandException($"{address.Host} is not this machine: add --yes to send events there.");
        }

        var question = new ConfirmationPrompt($"Send events to {Markup.Escape(address.Host)}, which is not this machine?") { DefaultValue = false };
        if (!await question.ShowAsync(Terminal.Output(), cancellationToken))
        {
            throw new CommandException("Nothing was sent.");
        }
    }

    /// <summary>A setting of the environment, or of the <c>.env</c> file in the current folder; neither changes the other.</summary>
    private static string? Setting(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
        {
            return value;
        }

        return File.Exists(".env") ? DotNetEnv.Env.NoEnvVars().Load(".env").LastOrDefault(pair => pair.Key == name) is { Value.Length: > 0 } found ? found.Value : null : null;
    }

    private static int? ReadRate(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        text = text.EndsWith("/s", StringComparison.Ordinal) ? text[..^2] : text;
        if (int.TryParse(text, out var rate) && rate is >= 1 and <= 1_000_000)
        {
            return rate;
        }

        result.AddError("--rate must be 1 to 1000000, with or without /s.");
        return null;
    }

    private static Option<T> Recursive<T>(Option<T> option)
    {
        option.Recursive = true;
        return option;
    }
}
