using System.Globalization;
using System.Text;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Dashboard;
using PixelPipeline.Events;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.LocalBigQuery;
using PixelPipeline.Settings;
using PixelPipeline.Soak.Processes;
using PixelPipeline.Testing;

namespace PixelPipeline.Benchmarks.Dashboard;

/// <summary>A dashboard over a local BigQuery with the traffic of a site, all of it in a folder that goes in the end.</summary>
internal sealed class MeasuredSite : IAsyncDisposable
{
    private const int EventsOfALoad = 250_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pixel-dashboard-benchmark-");
    private BigQueryServer? _bigQuery;
    private DashboardServer? _dashboard;
    private int _sent;

    public BigQueryClient Client { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public DashboardOptions Options { get; } = new()
    {
        Port = 0,
        Source = "local",
        DatasetId = "pixels",
        BaseTable = "pixel",
        Refresh = TimeSpan.FromMilliseconds(500), // as in `pixel up`
        PageWait = TimeSpan.FromMinutes(10), // whole pages are measured
        Patience = TimeSpan.FromMinutes(10),
    };

    public static async Task<MeasuredSite> StartAsync(int events, int days, int repeats, CancellationToken cancellationToken)
    {
        var site = new MeasuredSite();
        try
        {
            await site.FillAsync(events, days, repeats, cancellationToken);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>A view by a user of its own, as the function inserts it.</summary>
    /// <returns>The user.</returns>
    public async Task<string> AddEventAsync()
    {
        var user = $"late{++_sent}";
        var row = new BigQueryInsertRow
        {
            ["event_id"] = $"late{_sent}",
            ["event_time"] = DateTime.UtcNow,
            ["user_id"] = user,
            ["type"] = "view",
            ["page"] = "https://shop.example/late",
            ["agent_class"] = "person",
        };
        await Client.InsertRowsAsync("pixels", "all_pixel", [row]);
        return user;
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (_dashboard is not null)
        {
            await _dashboard.DisposeAsync();
        }

        Client?.Dispose();
        if (_bigQuery is not null)
        {
            await _bigQuery.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task FillAsync(int events, int days, int repeats, CancellationToken cancellationToken)
    {
        _bigQuery = await BigQueryServer.StartAsync(
            new BigQueryServerOptions { Port = 0, DatabasePath = Path.Combine(_folder.FullName, "bigquery.db") }, NullLoggerFactory.Instance, cancellationToken);
        var host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_bigQuery.Port}");
        Client = BigQueryEndpoint.CreateClient("local", host);
        await MakeTablesAsync(host, cancellationToken);
        for (var (left, seed) = (events, 1); left > 0; left -= EventsOfALoad, seed++)
        {
            await LoadAsync(new Traffic(seed, repeats).Make(Math.Min(left, EventsOfALoad), DateTime.UtcNow, days), cancellationToken);
        }

        _dashboard = await DashboardServer.StartAsync(Client, Options, NullLoggerFactory.Instance, cancellationToken);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_dashboard.Port}/"), Timeout = Options.Patience };
    }

    private static async Task MakeTablesAsync(string host, CancellationToken cancellationToken)
    {
        var settings = PipelineSettings.Read([new(PipelineSetting.Project.Name, "local"), new(PipelineSetting.SchemaFile.Name, BuiltFiles.OfCheckout().SchemaFile)]);
        var schema = EventSchema.Parse(await File.ReadAllBytesAsync(BuiltFiles.OfCheckout().SchemaFile, cancellationToken), "schema.json");
        using var pipeline = new CommandPipeline(BigQueryEndpoint.CreateClient("local", host), settings, schema, settings.ToLayout(schema));
        await pipeline.EnsureTablesAsync(cancellationToken);
    }

    private async Task LoadAsync(List<TrafficEvent> events, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', events.Select(e => e.ToJson()))));
        var table = await Client.GetTableAsync("pixels", "all_pixel", cancellationToken: cancellationToken);
        var job = await Client.UploadJsonAsync(table.Reference, table.Schema, lines, cancellationToken: cancellationToken);
        while (job.State != JobState.Done)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            job = await Client.GetJobAsync(job.Reference, cancellationToken: cancellationToken);
        }

        if (job.Status.ErrorResult is { } error)
        {
            throw new InvalidOperationException(error.Message);
        }
    }
}
