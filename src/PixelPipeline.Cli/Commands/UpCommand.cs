using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using PixelPipeline.Cli.Dashboards;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Local;
using PixelPipeline.Local.PubSub.Emulator;
using PixelPipeline.Local.Storage;
using PixelPipeline.Loopback;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel up</c>: the whole pipeline on this machine until Ctrl-C.</summary>
internal static class UpCommand
{
    private const string LocalProject = "local";

    private static readonly Option<int> Port = CommonOptions.Port("--port", 8080, "The pixel's port");
    private static readonly Option<int> FunctionPort = CommonOptions.Port("--function-port", 8081, "The function's port");
    private static readonly Option<int?> CollectPort = ValueOptions.OptionalNumber("--collect-port", "PORT", 1, 65_535, "The collector's own port, behind /collect on the pixel's; unless given, a free one");
    private static readonly Option<int> BigQueryPort = CommonOptions.Port("--bigquery-port", CommonOptions.BigQueryPort, "The local BigQuery's port");
    private static readonly Option<string> Data = CommonOptions.Data();

    private static readonly Option<string?> BigQuery = BigQueryOptions.Host(new Option<string?>("--bigquery")
    {
        Description = "Use a BigQuery that runs elsewhere, such as one of `pixel bigquery`",
        HelpName = "HOST:PORT",
    });

    private static readonly Option<string?> PubSub = ValueOptions.Must(
        new Option<string?>("--pubsub")
        {
            Description = "Deliver through a running Pub/Sub emulator in place of the built-in delivery",
            HelpName = "HOST:PORT",
        },
        host => ToUri(host) is not null,
        "HOST:PORT, such as 127.0.0.1:8085");

    private static readonly Option<string> Mode = ModeOption.Create("function: the function writes the rows; direct: Pub/Sub by itself, into one table (docs/direct.md)");

    private static readonly Option<string?> LogDrop = PathOptions.Folder(new Option<string?>("--log-drop")
    {
        Description = "A folder that plays the bucket of the log file function: a log file put into DIR/drop is summarised in DIR/summaries",
        HelpName = "DIR",
    });

    private static readonly TableOptions Tables = new();

    private static readonly Option<string?> Transformations = PathOptions.FileToRead(new Option<string?>("--transformations")
    {
        Description = "What happens to posted events before they are checked; unless given, transformations.json beside the schema",
        HelpName = "FILE",
    });

    private static readonly Option<int> RetentionDays = CommonOptions.Days("--retention-days", 30, "Days that delivered access log segments and dead letters are kept");

    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Tell more of what the parts do" };

    public static Command Create()
    {
        var command = new Command("up", "Run the whole pipeline on this machine until Ctrl-C")
        {
            Port, FunctionPort, CollectPort, BigQueryPort, BigQuery, PubSub, Mode, LogDrop, Data, Transformations, RetentionDays, Verbose,
        };
        Tables.AddTo(command);
        ModeOption.CheckLayout(command, Mode, Tables.Layout);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var logs = ConsoleLog.Create(arguments.GetValue(Verbose) ? LogLevel.Information : LogLevel.Warning);
        var options = ToOptions(arguments, logs);
        if (options.BigQueryHost is { } host)
        {
            await CheckAsync(host, cancellationToken);
        }

        var pipeline = await StartAsync(arguments, options, logs, cancellationToken);
        await using (pipeline)
        {
            PrintReady(pipeline, options);
            await Task.WhenAny(pipeline.Completion, Task.Delay(Timeout.Infinite, cancellationToken));
            Console.WriteLine("Stopping: no new hits; what is logged is delivered or kept. Ctrl-C again ends at once.");
            await pipeline.StopAsync();
            await pipeline.Completion; // a failure of the delivery is this command's failure
        }

        return 0;
    }

    private static LocalPipelineOptions ToOptions(ParseResult arguments, ILoggerFactory logs)
    {
        var settings = SettingsOf(arguments);
        CheckTransformations(arguments, settings);
        var schema = TableOptions.Read(settings).Schema;
        return new LocalPipelineOptions
        {
            Data = new DataFolder(arguments.GetValue(Data)!),
            Port = arguments.GetValue(Port),
            FunctionPort = arguments.GetValue(FunctionPort),
            CollectPort = arguments.GetValue(CollectPort),
            BigQueryPort = arguments.GetValue(BigQueryPort),
            BigQueryHost = arguments.GetValue(BigQuery),
            PubSubEmulator = arguments.GetValue(PubSub) is { } pubSub ? ToUri(pubSub) : null,
            LogDrop = arguments.GetValue(LogDrop) is { } drop ? ToLogDrop(drop) : null,
            FunctionAssembly = FunctionAssembly.Find(),
            Settings = settings,
            Schema = schema,
            Transform = ModeOption.IsDirect(arguments, Mode) ? TransformSource.Of(schema, settings.Get(PipelineSetting.PixelPath), settings.Get(PipelineSetting.RemoteIp)) : null,
            CollectSettings = CollectSettings(arguments),
            Pages = host => new DashboardBesidePixel(host, new DataFolder(arguments.GetValue(Data)!), settings, arguments.GetValue(Port), arguments.GetValue(FunctionPort), logs),
            Retention = TimeSpan.FromDays(arguments.GetValue(RetentionDays)),
        };
    }

    // All parts have these, and no others; what holds for one machine alone cannot be set to something else.
    private static PipelineSettings SettingsOf(ParseResult arguments)
    {
        var given = PipelineSettings.OfEnvironment();
        foreach (var (setting, value) in ((Setting, string)[])[(PipelineSetting.Project, LocalProject), (PipelineSetting.MaxInstances, "1")])
        {
            if (given.GetValueOrDefault(setting.Name) is { } text && text != value)
            {
                throw new CommandException($"{setting.Variable} is {text}, and on one machine it is {value}: leave it unset.");
            }
        }

        var isDirect = ModeOption.IsDirect(arguments, Mode);
        if (isDirect && given.GetValueOrDefault(PipelineSetting.Layout.Name) is { } layout && layout != ModeOption.OneTable)
        {
            throw new CommandException($"{PipelineSetting.Layout.Variable} is {layout}, and {Mode.Name} direct writes one table: leave it unset, or make it {ModeOption.OneTable}.");
        }

        return Tables.SettingsOf(arguments, LocalProject, isDirect ? ModeOption.OneTable : null).With(PipelineSetting.MaxInstances, "1");
    }

    // The collector would say so as well, but not which option led to the file.
    private static void CheckTransformations(ParseResult arguments, PipelineSettings settings)
    {
        var schema = settings.Get(PipelineSetting.SchemaFile);
        var beside = Path.Combine(Path.GetDirectoryName(schema)!, "transformations.json");
        if (arguments.GetValue(Transformations) is { } file)
        {
            SchemaSource.CheckTransformations(file, $"{Transformations.Name} {file}", SchemaSource.Read(schema));
        }
        else if (File.Exists(beside))
        {
            SchemaSource.CheckTransformations(beside, $"{beside} (beside the schema)", SchemaSource.Read(schema));
        }
    }

    private static Dictionary<string, string> CollectSettings(ParseResult arguments) =>
        arguments.GetValue(Transformations) is { } file ? new() { ["Collect__TransformationsFile"] = Path.GetFullPath(file) } : [];

    /// <summary>The prefixes are the log file function's settings, which come from the environment.</summary>
    private static LogDropFolder ToLogDrop(string folder) =>
        new(folder, Setting("LogFiles__InputPrefix", "drop/"), Setting("LogFiles__OutputPrefix", "summaries/"));

    private static string Setting(string name, string unlessSet) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : unlessSet;

    /// <summary>The address of <c>HOST:PORT</c>; null for anything else.</summary>
    private static Uri? ToUri(string host) =>
        Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.PathAndQuery == "/" && host.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{uri.Port}"), StringComparison.Ordinal)
            ? uri
            : null;

    // One that does not answer is told at once: the function would try for a while first.
    private static async Task CheckAsync(string host, CancellationToken cancellationToken)
    {
        using var client = BigQueryOptions.Connect(host);
        await client.ListDatasetsAsync().ReadPageAsync(1, cancellationToken);
    }

    private static async Task<LocalPipeline> StartAsync(
        ParseResult arguments, LocalPipelineOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalPipeline.StartAsync(options, logs, cancellationToken);
        }
        catch (PortUnavailableException e)
        {
            var option = ((Option<int>[])[Port, FunctionPort, BigQueryPort]).FirstOrDefault(o => arguments.GetValue(o) == e.Port)?.Name ?? CollectPort.Name;
            throw new CommandException(string.Create(CultureInfo.InvariantCulture, $"Port {e.Port} is in use or not permitted: choose another with {option}."), e);
        }
        catch (StartFailedException e)
        {
            throw DataOptions.Explain(e);
        }
        catch (InvalidDataException e)
        {
            throw DataOptions.Explain(options.Data, e);
        }
        catch (PubSubEmulatorException e)
        {
            throw new CommandException($"The Pub/Sub emulator at --pubsub {arguments.GetValue(PubSub)} cannot be used: {e.Message}", e);
        }
        catch (TableSetupException e)
        {
            throw new CommandException(e.Message, e);
        }
    }

    private static void PrintReady(LocalPipeline pipeline, LocalPipelineOptions options)
    {
        var rows = options.BigQueryHost is null && options.BigQueryPort == CommonOptions.BigQueryPort ? "" : $" --bigquery {pipeline.BigQueryHost}";
        var drop = options.LogDrop is { } folder ? $"{Environment.NewLine}  Log drop  {folder.Input} → {folder.Output}" : "";
        Console.WriteLine(
            $"""
            PixelPipeline is up.
              Pixel     {pipeline.PixelUrl}
              Try it    curl '{pipeline.PixelUrl}?user_id=507f1f77bcf86cd799439011&order_id=507f191e810c19729de860ea&type=click'
              Collect   {pipeline.CollectUrl}
              See rows  ./pixel rows{rows}
              Dashboard {new Uri(pipeline.PixelUrl, "/")}
              BigQuery  http://{pipeline.BigQueryHost} ({BigQueryEndpoint.EmulatorVariable})
              Data      {options.Data.Root}{drop}
            Ctrl-C stops it.
            """);
    }
}
