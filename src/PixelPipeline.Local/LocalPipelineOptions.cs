using PixelPipeline.Events;
using PixelPipeline.JavaScript;
using PixelPipeline.Local.Storage;
using PixelPipeline.Settings;
using PixelPipeline.Tables;

namespace PixelPipeline.Local;

/// <summary>What a local pipeline is made of. Ports are 1 to 65,535, on loopback.</summary>
public sealed record LocalPipelineOptions
{
    /// <summary>Where everything is kept.</summary>
    public required DataFolder Data { get; init; }

    /// <summary>The load balancer's port.</summary>
    public required int Port { get; init; }

    /// <summary>The function's port.</summary>
    public required int FunctionPort { get; init; }

    /// <summary>The collector's port; null for a free one. It is reached as <c>/collect</c> on <see cref="Port"/>.</summary>
    public int? CollectPort { get; init; }

    /// <summary>The local BigQuery's port; not used where <see cref="BigQueryHost"/> is given.</summary>
    public required int BigQueryPort { get; init; }

    /// <summary>A BigQuery that runs elsewhere, <c>HOST:PORT</c>; null for one of this pipeline's own.</summary>
    public string? BigQueryHost { get; init; }

    /// <summary>
    /// A running Pub/Sub emulator, <c>http://127.0.0.1:8085/</c>, that is published to and pushes to the function; null
    /// for the built-in delivery. It has to run where it reaches this machine's loopback address.
    /// </summary>
    public Uri? PubSubEmulator { get; init; }

    /// <summary>
    /// What makes rows in place of the function, in the direct mode, whose layout is the one of one table; null where the
    /// function does.
    /// </summary>
    public PixelTransform? Transform { get; init; }

    /// <summary>A folder that plays the bucket of the log file function; null to run without this function.</summary>
    public LogDropFolder? LogDrop { get; init; }

    /// <summary>The built <c>PixelPipeline.Functions.dll</c>.</summary>
    public required string FunctionAssembly { get; init; }

    /// <summary>What all parts have alike, and the functions in place of this process's environment variables <c>Pixel__…</c>.</summary>
    public required PipelineSettings Settings { get; init; }

    /// <summary>The schema that the settings name.</summary>
    public required EventSchema Schema { get; init; }

    /// <summary>Which tables an event goes to.</summary>
    public TableLayout Layout => Settings.ToLayout(Schema);

    /// <summary>Settings of the collector, such as <c>Collect__TransformationsFile</c>, over those of this process's environment.</summary>
    public IReadOnlyDictionary<string, string> CollectSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes the pages that are served beside the pixel, given where BigQuery is; null for none. They end with the pipeline.</summary>
    public Func<string, ILocalPages>? Pages { get; init; }

    /// <summary>The project that everything is named after.</summary>
    public string ProjectId => Settings.Get(PipelineSetting.Project);

    /// <summary>The dataset of all tables and views.</summary>
    public string DatasetId => Settings.Get(PipelineSetting.Dataset);

    /// <summary>The pixel's path.</summary>
    public string PixelPath => Settings.Get(PipelineSetting.PixelPath);

    /// <summary>How long access log segments are kept once they are delivered, and dead letters once they are given up.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}
