using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Events;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.LocalBigQuery;
using PixelPipeline.Privacy.Places;
using PixelPipeline.Settings;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Privacy.Tests.Places;

/// <summary>A local BigQuery with the tables of a pipeline.</summary>
internal sealed class RunningTables : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PipelineMeter _meter = new();
    private BigQueryServer _server = null!;

    private RunningTables(EventSchema schema, LayoutName layout) =>
        Layout = TableLayout.Of(layout, "pixel", SuffixPattern.Parse(SuffixPattern.Default, schema));

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 28, 6, 0, 0, TimeSpan.Zero));

    public TableLayout Layout { get; }

    public BigQueryClient Client { get; private set; } = null!;

    public static async Task<RunningTables> StartAsync(EventSchema schema, LayoutName layout = LayoutName.Both, TimeSpan streamingBuffer = default)
    {
        var running = new RunningTables(schema, layout);
        var options = new BigQueryServerOptions { Port = 0, DatabasePath = Path.Combine(running._folder.Path, "bigquery.db"), TimeProvider = running.Time, StreamingBuffer = streamingBuffer };
        running._server = await BigQueryServer.StartAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        running.Client = BigQueryEndpoint.CreateClient("local", $"127.0.0.1:{running._server.Port}");
        var settings = PipelineSettings.Read([new("Project", "local"), new("Layout", layout.ToString())]);
        await new TableSetup(running.Client, settings, schema, running.Layout, running._meter, TimeProvider.System, NullLogger<TableSetup>.Instance).EnsureAsync(CancellationToken.None);
        return running;
    }

    /// <summary>Events of a user, one on each of these days of November 2026, in every table that they belong to.</summary>
    public async Task AddAsync(object user, params int[] days)
    {
        foreach (var day in days)
        {
            var time = new DateTime(2026, 11, day, 12, 0, 0, DateTimeKind.Utc);
            var row = new BigQueryInsertRow($"{user}-{day}") { ["event_id"] = $"{user}-{day}", ["event_time"] = time, ["user_id"] = user };
            if (Layout.AllEvents is { } all)
            {
                await InsertAsync(all.Id, row, null);
            }

            if (Layout.Suffix is not null)
            {
                await InsertAsync("pixel", row, $"_{SuffixPattern.Spell(Convert.ToString(user, null)!)}_{time:yyyyMMdd}");
            }
        }
    }

    public Task AddOverflowAsync(string user, int day)
    {
        var time = new DateTime(2026, 11, day, 12, 0, 0, DateTimeKind.Utc);
        return InsertAsync("pixel", new BigQueryInsertRow { ["event_id"] = $"o-{user}-{day}", ["event_time"] = time, ["user_id"] = user }, $"__overflow_{time:yyyyMMdd}");
    }

    public Task RejectAsync(string id, byte[]? entry, string reason = "invalid_value", string? message = null) => InsertAsync(
        "rejected_pixel", new BigQueryInsertRow { ["rejected_time"] = Time.GetUtcNow().UtcDateTime, ["event_id"] = id, ["reason"] = reason, ["entry"] = entry, ["message"] = message }, null);

    public async Task<IReadOnlyList<Place>> PlacesAsync(Person person)
    {
        var inventory = new TableInventory(Client, "pixels", "pixel");
        return await new EventPlaces(Client, inventory, "pixels", Layout, Time).FindAsync(person, CancellationToken.None);
    }

    /// <summary>Whose rows are in which tables: <c>all_pixel: ann 2, bob 1</c>.</summary>
    public async Task<string> HeldAsync()
    {
        var tables = new List<string>();
        await foreach (var table in Client.ListTablesAsync("pixels"))
        {
            if (table.Resource.Type != "TABLE")
            {
                continue;
            }

            var column = table.Reference.TableId == "rejected_pixel" ? "event_id" : "user_id";
            var rows = new List<string>();
            await foreach (var row in Client.ListRowsAsync(table.Reference, new TableSchema { Fields = [new TableFieldSchema { Name = column, Type = "STRING" }] }))
            {
                rows.Add((string)row[column]);
            }

            if (rows.Count > 0)
            {
                tables.Add($"{table.Reference.TableId}: {string.Join(", ", rows.GroupBy(r => r).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}"))}");
            }
        }

        return string.Join("; ", tables.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _meter.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task InsertAsync(string table, BigQueryInsertRow row, string? suffix) =>
        await Client.InsertRowsAsync("pixels", table, [row], new InsertOptions { TemplateSuffix = suffix });
}
