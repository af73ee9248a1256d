using System.Globalization;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.LocalBigQuery;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>A local BigQuery with the tables that a pipeline makes, in a folder of its own.</summary>
internal sealed class LocalEvents : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LayoutName _layout;
    private BigQueryServer? _server;
    private int _inserted;

    private LocalEvents(LayoutName layout) => _layout = layout;

    public BigQueryClient Client { get; private set; } = null!;

    public static async Task<LocalEvents> StartAsync(LayoutName layout = LayoutName.Both, bool withTables = true)
    {
        var events = new LocalEvents(layout);
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
    public async Task AddAsync(DateTime time, string user, string? type, string? id = null, string? hitId = null, params (string Column, object? Value)[] more)
    {
        var row = new BigQueryInsertRow { ["event_id"] = id ?? $"id{++_inserted}", ["event_time"] = time, ["user_id"] = user, ["type"] = type, ["hit_id"] = hitId };
        foreach (var (column, value) in more)
        {
            row[column] = value;
        }

        if (AllEvents is { } all)
        {
            await Client.InsertRowsAsync("pixels", all, [row]);
        }

        if (_layout != LayoutName.Partitioned)
        {
            var suffix = $"_{user.Replace("-", "_2D", StringComparison.Ordinal)}_{time.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
            await Client.InsertRowsAsync("pixels", "pixel", [row], new InsertOptions { TemplateSuffix = suffix });
        }
    }

    /// <summary>Many events at once, into the table of all events.</summary>
    public async Task LoadAsync(IEnumerable<TrafficEvent> events)
    {
        using var lines = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', events.Select(e => e.ToJson()))));
        var table = await Client.GetTableAsync("pixels", AllEvents!);
        var job = await Client.UploadJsonAsync(table.Reference, table.Schema, lines);
        await Eventually.IsTrueAsync(async () => (await Client.GetJobAsync(job.Reference)).State == JobState.Done, "the load is done");
        Assert.That((await Client.GetJobAsync(job.Reference)).Status.ErrorResult?.Message, Is.Null);
    }

    public Task RejectAsync(DateTime time, string reason, string id) => Client.InsertRowsAsync(
        "pixels",
        "rejected_pixel",
        [new BigQueryInsertRow { ["event_id"] = id, ["rejected_time"] = time, ["reason"] = reason, ["column"] = "user_id", ["message"] = "It has no value.", ["entry"] = "{}"u8.ToArray() }]);

    /// <summary>Makes the views that ship.</summary>
    public async Task MakeViewsAsync()
    {
        var layout = TableLayout.Of(_layout, "pixel", SuffixPattern.Parse(SuffixPattern.Default, Some.ShippedSchema()));
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

    private string? AllEvents => TableLayout.AllEventsOf(_layout, "pixel")?.Id;

    private async Task MakeTablesAsync()
    {
        await Client.CreateDatasetAsync("pixels");
        var events = Schema([.. Some.ShippedSchema().Columns.Select(c => $"{c.Name} {c.Type.ToString().ToUpperInvariant()}")]);
        var labels = new Dictionary<string, string> { ["pixel_layout"] = _layout.ToString().ToLowerInvariant() };
        foreach (var id in new[] { "pixel", AllEvents }.Distinct().OfType<string>())
        {
            var partitioning = id == AllEvents ? new TimePartitioning { Type = "DAY", Field = "event_time" } : null;
            await Client.CreateTableAsync("pixels", id, new Table { Schema = events, TimePartitioning = partitioning, Labels = id == "pixel" ? labels : null });
        }

        var rejected = Schema([.. RejectedEntries.Columns.Select(c => $"{c.Name} {c.Type.ToString().ToUpperInvariant()}")]);
        await Client.CreateTableAsync("pixels", "rejected_pixel", new Table { Schema = rejected });
    }

    private static TableSchema Schema(params string[] columns) => new()
    {
        Fields = [.. columns.Select(c => c.Split(' ')).Select(c => new TableFieldSchema { Name = c[0], Type = c[1] })],
    };
}
