using System.Globalization;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.LocalBigQuery;
using PixelPipeline.Tables;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>A local BigQuery with the tables that a pipeline makes, in a folder of its own.</summary>
internal sealed class LocalEvents : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly bool _partitioned;
    private BigQueryServer? _server;
    private int _inserted;

    private LocalEvents(bool partitioned) => _partitioned = partitioned;

    public BigQueryClient Client { get; private set; } = null!;

    public static async Task<LocalEvents> StartAsync(bool partitioned, bool withTables = true)
    {
        var events = new LocalEvents(partitioned);
        var options = new BigQueryServerOptions { Port = 0, DatabasePath = Path.Combine(events._folder.Path, "bigquery.db") };
        events._server = await BigQueryServer.StartAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        events.Client = BigQueryEndpoint.CreateClient("local", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{events._server.Port}"));
        if (withTables)
        {
            await events.MakeTablesAsync();
        }

        return events;
    }

    public IAnswers Answers(DashboardOptions options) => new BigQueryAnswers(Client, options);

    /// <summary>An event; the same id twice is a delivery that was repeated.</summary>
    public async Task AddAsync(DateTime time, string user, string? type, string? id = null, string? hitId = null)
    {
        var row = new BigQueryInsertRow { ["event_id"] = id ?? $"id{++_inserted}", ["event_time"] = time, ["user_id"] = user, ["type"] = type, ["hit_id"] = hitId };
        var suffix = _partitioned ? null : $"_{user.Replace("-", "_2D", StringComparison.Ordinal)}_{time.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        await Client.InsertRowsAsync("pixels", "pixel", [row], new InsertOptions { TemplateSuffix = suffix });
    }

    public Task RejectAsync(DateTime time, string reason, string id) => Client.InsertRowsAsync(
        "pixels", "rejected_pixel", [new BigQueryInsertRow { ["event_id"] = id, ["rejected_time"] = time, ["reason"] = reason }]);

    /// <summary>Makes the views that ship.</summary>
    public async Task MakeViewsAsync()
    {
        TableLayout layout = _partitioned ? new TableLayout.Partitioned("pixel") : Some.Layout(Some.ShippedSchema());
        Assert.That(await new ViewSetup(Client, "pixels", layout).TryEnsureAsync(CancellationToken.None), Is.True);
    }

    /// <summary>Ends the server; its port answers no more.</summary>
    public async Task StopAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task MakeTablesAsync()
    {
        await Client.CreateDatasetAsync("pixels");
        var partitioning = _partitioned ? new TimePartitioning { Type = "DAY", Field = "event_time" } : null;
        var events = Schema("event_id STRING", "event_time TIMESTAMP", "user_id STRING", "type STRING", "hit_id STRING");
        await Client.CreateTableAsync("pixels", "pixel", new Table { Schema = events, TimePartitioning = partitioning });
        var rejected = Schema("event_id STRING", "rejected_time TIMESTAMP", "reason STRING");
        await Client.CreateTableAsync("pixels", "rejected_pixel", new Table { Schema = rejected });
    }

    private static TableSchema Schema(params string[] columns) => new()
    {
        Fields = [.. columns.Select(c => c.Split(' ')).Select(c => new TableFieldSchema { Name = c[0], Type = c[1] })],
    };
}
