using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests;

/// <summary>Gives each test a local BigQuery of its own, with a table <c>pixel</c> of three columns.</summary>
internal abstract class BigQueryTest
{
    protected const string PixelFields =
        """{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"type","type":"STRING"},{"name":"amount","type":"INTEGER"}""";

    protected RunningBigQuery BigQuery { get; private set; } = null!;

    [SetUp]
    public async Task StartBigQuery()
    {
        BigQuery = await RunningBigQuery.StartAsync();
        await BigQuery.CreateTableAsync("pixel", PixelFields);
    }

    [TearDown]
    public async Task StopBigQuery() => await BigQuery.DisposeAsync();

    protected Task<Answer> QueryAsync(string sql, params (string Name, JsonNode? Value)[] options)
    {
        var body = new JsonObject { ["query"] = sql, ["useLegacySql"] = false, ["timeoutMs"] = 200_000 };
        foreach (var (name, value) in options)
        {
            body[name] = value;
        }

        return BigQuery.PostAsync("queries", body.ToJsonString());
    }

    /// <summary>The rows of a query, joined by semicolons; its error where it fails.</summary>
    protected async Task<string> SelectAsync(string sql)
    {
        var answer = await QueryAsync(sql);
        return answer.Message ?? string.Join("; ", answer.Rows);
    }
}
