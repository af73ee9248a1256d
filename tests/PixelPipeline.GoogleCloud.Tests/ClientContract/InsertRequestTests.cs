using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>What the client sends for an insert.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InsertRequestTests
{
    [Test]
    public async Task Insert_ApiKey_PostsToInsertAllOfTheTable()
    {
        var request = await SentAsync([new BigQueryInsertRow("id-1") { { "user_id", "a" } }]);

        Assert.That(request.Method, Is.EqualTo("POST"));
        Assert.That(request.Target, Does.StartWith("/bigquery/v2/projects/local/datasets/pixels/tables/pixel/insertAll?"));
        Assert.That(Query(request), Is.EquivalentTo(new[] { "prettyPrint=false", "key=x" }));
    }

    [Test]
    public async Task Insert_Always_SendsZippedJson()
    {
        var request = await SentAsync([new BigQueryInsertRow("id-1") { { "user_id", "a" } }]);

        Assert.That(request.Headers["Content-Encoding"], Is.EqualTo("gzip"));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
    }

    [Test]
    public async Task Insert_NoOptions_LeavesThemOutOfTheBody()
    {
        var body = (await SentAsync([new BigQueryInsertRow("id-1") { { "user_id", "a" } }])).Json;

        Assert.That(body.GetProperty("rows").GetRawText(), Is.EqualTo("""[{"insertId":"id-1","json":{"user_id":"a"}}]"""));
        Assert.That(
            body.EnumerateObject().Select(property => property.Name),
            Has.None.AnyOf("templateSuffix", "skipInvalidRows", "ignoreUnknownValues"));
    }

    [Test]
    public async Task Insert_Options_AreInTheBody()
    {
        var body = (await SentAsync(
            [new BigQueryInsertRow("id-1")],
            new InsertOptions { TemplateSuffix = "_a_20260102", SkipInvalidRows = true, AllowUnknownFields = false })).Json;

        Assert.That(body.GetProperty("templateSuffix").GetString(), Is.EqualTo("_a_20260102"));
        Assert.That(body.GetProperty("skipInvalidRows").GetBoolean(), Is.True);
        Assert.That(body.GetProperty("ignoreUnknownValues").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Insert_RowWithoutInsertId_GetsAFreshGuid()
    {
        var rows = (await SentAsync([new BigQueryInsertRow(), new BigQueryInsertRow()])).Json.GetProperty("rows");
        var ids = rows.EnumerateArray().Select(row => row.GetProperty("insertId").GetGuid());

        Assert.That(ids, Is.Unique);
    }

    [TestCaseSource(nameof(Values))]
    public async Task Insert_Value_HasItsJsonForm(object? value, string json)
    {
        var row = (await SentAsync([new BigQueryInsertRow("id-1") { { "column", value } }])).Json.GetProperty("rows")[0];

        Assert.That(row.GetProperty("json").GetProperty("column").GetRawText(), Is.EqualTo(json));
    }

    [TestCaseSource(nameof(Unsupported))]
    public void Add_ValueWithoutJsonForm_ThrowsArgumentException(object value)
    {
        var row = new BigQueryInsertRow();

        Assert.That(() => row.Add("column", value), Throws.ArgumentException);
    }

    [Test]
    public async Task Insert_ManyRows_GoInOneRequest()
    {
        await using var server = new ScriptedServer(Answer.Inserted);
        using var client = Client.Of(server);
        await client.InsertAsync(Enumerable.Range(0, 20_000).Select(i => new BigQueryInsertRow($"id-{i}") { { "n", i } }));

        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(server.Requests[0].Json.GetProperty("rows").GetArrayLength(), Is.EqualTo(20_000));
    }

    [Test]
    public async Task Insert_NoRows_SendsNothing()
    {
        await using var server = new ScriptedServer(Answer.Inserted);
        using var client = Client.Of(server);
        var results = await client.InsertAsync([]);

        Assert.That(results.Status, Is.EqualTo(BigQueryInsertStatus.AllRowsInserted));
        Assert.That(server.Requests, Is.Empty);
    }

    private static IEnumerable<TestCaseData> Values() =>
    [
        new(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddMicroseconds(678_901), "\"2026-01-02T03:04:05.678901Z\""),
        new(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified), "\"2026-01-02T03:04:05\""), // DATETIME
        new(null, "null"),
        new(9_007_199_254_740_993L, "9007199254740993"), // beyond what a double holds
        new(1.5, "1.5"),
        new(true, "true"),
        new("a", "\"a\""),
        new(new byte[] { 1, 2, 3 }, "\"AQID\""),
        new(BigQueryNumeric.Parse("12.50"), "\"12.5\""),
    ];

    private static IEnumerable<object> Unsupported() =>
    [
        1m, Guid.Empty, new DateOnly(2026, 1, 2), 1UL, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Local),
    ];

    private static string[] Query(ScriptedRequest request) => request.Target.Split('?')[1].Split('&');

    private static async Task<ScriptedRequest> SentAsync(IEnumerable<BigQueryInsertRow> rows, InsertOptions? options = null)
    {
        await using var server = new ScriptedServer(Answer.Inserted);
        using var client = Client.Of(server);
        await client.InsertAsync(rows, options);
        return server.Requests.Single();
    }
}
