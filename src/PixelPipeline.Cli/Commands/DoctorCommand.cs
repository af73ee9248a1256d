using System.CommandLine;
using PixelPipeline.Cli.Doctor;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel doctor</c>: sends a marked hit and follows it to its row.</summary>
internal static class DoctorCommand
{
    private static readonly PipelineOptions Pipeline = new();
    private static readonly Option<int> FunctionPort = CommonOptions.Port("--function-port", 8081, "The port of the local function");
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();

    private static readonly Option<Uri?> Url = UrlOption.Create("--url", "The pixel's address; unless given, http://localhost:8080 and the pixel's path. With --project it has to be");
    private static readonly Option<ShortTime> Timeout = ValueOptions.Duration("--timeout", TimeSpan.FromSeconds(60), "How long the hit is waited for");

    public static Command Create()
    {
        var command = new Command("doctor", "Send a marked hit and follow it hop by hop to its row, here or (--project) in Google Cloud")
        {
            Url, FunctionPort, Timeout, Format,
        };
        Pipeline.AddTo(command);
        command.Validators.Add(result =>
        {
            if (Pipeline.IsGoogles(result) && result.GetResult(Url) is null)
            {
                result.AddError("--project needs --url, the pixel's address: https://DOMAIN/pixel.png.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var pipeline = Pipeline.Build(arguments);
        var pixel = arguments.GetValue(Url) ?? new Uri("http://localhost:8080" + pipeline.PixelPath);
        var isCloud = Pipeline.ProjectOf(arguments) is not null;
        using var api = isCloud ? GoogleApi.WithDefaultCredentials() : null;
        using var local = isCloud ? null : new LocalProbe(
            Pipeline.DataOf(arguments), arguments.GetValue(FunctionPort));
        IPipelineProbe probe = local is not null ? local : new CloudProbe(api!, Pipeline.ProjectOf(arguments)!, pipeline.DatasetId);
        var pause = isCloud ? TimeSpan.FromSeconds(2) : TimeSpan.FromMilliseconds(50);
        var way = new MarkedHitWay(pipeline, probe, pixel, ct => Pipeline.LayoutAsync(arguments, ct));
        return await PrintAsync(way.FollowAsync(arguments.GetValue(Timeout).Time, pause, cancellationToken), arguments.GetValue(Format));
    }

    private static async Task<int> PrintAsync(IAsyncEnumerable<HopReport> reports, OutputFormat format)
    {
        var all = new List<HopReport>();
        await foreach (var report in reports)
        {
            all.Add(report);
            if (format == OutputFormat.Table)
            {
                HopPrinter.Print(report); // at once: the next hop may take a minute
            }
        }

        if (format != OutputFormat.Table)
        {
            RecordPrinter.Print(format, ["hop", "state", "milliseconds", "detail", "remedy"], [.. all.Select(ToRecord)], "");
        }

        return all.Exists(r => r.State == HopState.Broken) ? 1 : 0;
    }

    private static string ToLabel(HopState state) => state switch
    {
        HopState.Passed => "passed",
        HopState.Broken => "broken",
        _ => "not_reached",
    };

    private static object?[] ToRecord(HopReport report) =>
        [report.Hop, ToLabel(report.State), (long?)report.Time?.TotalMilliseconds, report.Detail, report.Remedy];
}
