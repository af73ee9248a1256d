using System.Globalization;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.Clients.Tests.Support;

/// <summary>
/// One <c>pixel up</c> for all tests that only ask, with the same five hits: Ann clicks twice and opens, Bob clicks, and
/// one click says nothing of a user. Started by the first test that needs it; tests that write have datasets of their own.
/// </summary>
internal static class SharedPipeline
{
    private static readonly Lazy<Task<RunningPipeline>> Running = new(StartAsync);
    private static TempFolder? _data;

    /// <summary>The day of the hits as the views give it.</summary>
    public static string Day { get; private set; } = "";

    /// <summary>It, with the rows of all hits and the views.</summary>
    public static Task<RunningPipeline> StartedAsync() => Running.Value;

    /// <summary>Makes a dataset for one test.</summary>
    public static Task MakeDatasetAsync(string datasetId) =>
        PostAsync("datasets", $$$"""{"datasetReference":{"datasetId":"{{{datasetId}}}"}}""");

    /// <summary>Makes a dataset for one test with a table in it.</summary>
    public static async Task MakeTableAsync(string datasetId, string tableId, string fields)
    {
        await MakeDatasetAsync(datasetId);
        await PostAsync($"datasets/{datasetId}/tables", $$$"""{"tableReference":{"tableId":"{{{tableId}}}"},"schema":{"fields":{{{fields}}}}}""");
    }

    /// <summary>The rows of a table, such as <c>bq_load.rows</c>.</summary>
    public static async Task<List<BigQueryRow>> RowsAsync(string table)
    {
        var rows = new List<BigQueryRow>();
        await foreach (var row in (await StartedAsync()).BigQuery.ListRowsAsync(table.Split('.')[0], table.Split('.')[1]))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>How many rows a table says that it has.</summary>
    public static async Task<ulong?> CountAsync(string table) =>
        (await (await StartedAsync()).BigQuery.GetTableAsync(table.Split('.')[0], table.Split('.')[1])).Resource.NumRows;

    /// <summary>Ends it if it was started.</summary>
    public static async Task StopAsync()
    {
        if (Running.IsValueCreated)
        {
            (await Running.Value).Dispose();
            _data!.Dispose();
        }
    }

    private static async Task<RunningPipeline> StartAsync()
    {
        _data = new TempFolder();
        var pipeline = await RunningPipeline.StartAsync(_data.Path);
        var now = DateTime.UtcNow;
        Day = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var query in new[] { "user_id=ann&type=click", "user_id=ann&type=click", "user_id=ann&type=open", "user_id=bob&type=click", "type=click" })
        {
            await pipeline.HitAsync(query);
        }

        var suffix = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        await pipeline.RowsAsync($"pixel_ann_{suffix}", 3);
        await pipeline.RowsAsync($"pixel_bob_{suffix}", 1);
        await pipeline.RowsAsync("rejected_pixel", 1);
        await Eventually.IsTrueAsync(async () => await CountViewsAsync(pipeline) == 4, "there are four views");
        return pipeline;
    }

    private static async Task<int> CountViewsAsync(RunningPipeline pipeline)
    {
        var count = 0;
        await foreach (var table in pipeline.BigQuery.ListTablesAsync("pixels"))
        {
            count += table.Resource.Type == "VIEW" ? 1 : 0;
        }

        return count;
    }

    private static async Task PostAsync(string path, string body)
    {
        var pipeline = await StartedAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await pipeline.Http.PostAsync(new Uri($"http://{pipeline.BigQueryHost}/bigquery/v2/projects/local/{path}"), content);
        answer.EnsureSuccessStatusCode();
    }
}
