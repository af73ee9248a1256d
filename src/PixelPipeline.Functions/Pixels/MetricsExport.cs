using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using PixelPipeline.Writing;

namespace PixelPipeline.Functions.Pixels;

/// <summary>
/// Sends the pipeline's figures over OTLP where the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a
/// collector; the other <c>OTEL_</c> variables hold, too.
/// </summary>
/// <seealso href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/"/>
internal sealed class MetricsExport : IHostedService, IDisposable
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const int FlushMilliseconds = 2_000; // of the 8 s that a stop may take
    private static readonly double[] CommitSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45];
    private static readonly double[] BatchRows = [1, 2, 5, 10, 20, 50, 100, 200, 500];

    private MeterProvider? _provider;

    /// <summary>True where the variable is set.</summary>
    public static bool IsWanted(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[EndpointVariable]);

    /// <summary>What is wrong with the variable; null where nothing is.</summary>
    public static string? ErrorIn(IConfiguration configuration) =>
        !IsWanted(configuration) || (Uri.TryCreate(configuration[EndpointVariable], UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? null
            : $"{EndpointVariable} is no http or https URL.";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource
                .AddService(Environment.GetEnvironmentVariable("K_SERVICE") ?? "pixel-function")
                .AddEnvironmentVariableDetector())
            .AddMeter(PipelineMeter.Name)
            .AddView("pixelpipeline.commit.duration", new ExplicitBucketHistogramConfiguration { Boundaries = CommitSeconds })
            .AddView("pixelpipeline.batch.rows", new ExplicitBucketHistogramConfiguration { Boundaries = BatchRows })
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => _provider?.Shutdown(FlushMilliseconds), cancellationToken);

    public void Dispose() => _provider?.Dispose();
}
