using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>Tables, rows and queries, as the client asks for them and reads them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadTests
{
    private const string Fields =
        """{"fields":[{"name":"s","type":"STRING"},{"name":"i","type":"INTEGER"},{"name":"t","type":"TIMESTAMP"}]}""";

    private static readonly DateTime Time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddMicroseconds(678_901);

    private static string Row(string text) =>
        $$$"""{"f":[{"v":"{{{text}}}"},{"v":"9007199254740993"},{"v":"{{{(Time - DateTime.UnixEpoch).Ticks / 10}}}"}]}""";

    [Test]
    public async Task GetTable_Missing_ThrowsNotFound()
    {
        await using var server = new ScriptedServer(Answer.Error(404, "notFound"));
        using var client = Client.Of(server);

        var error = Assert.ThrowsAsync<GoogleApiException>(() => client.GetTableAsync("pixels", "pixel"))!;
        Assert.That(error.HttpStatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(server.Requests.Single().Target, Does.StartWith("/bigquery/v2/projects/local/datasets/pixels/tables/pixel?"));
    }

    [Test]
    public async Task CreateTable_Resource_IsPostedWithItsName()
    {
        await using var server = new ScriptedServer(Answer.Json(200, """{"tableReference":{"projectId":"local","datasetId":"pixels","tableId":"pixel"}}"""));
        using var client = Client.Of(server);
        var table = await client.CreateTableAsync("pixels", "pixel", new Table
        {
            Schema = new TableSchema { Fields = [new TableFieldSchema { Name = "event_time", Type = "TIMESTAMP", Mode = "REQUIRED" }] },
            TimePartitioning = new TimePartitioning { Type = "DAY", Field = "event_time" },
            Clustering = new Clustering { Fields = ["user_id", "type"] },
        });

        var (request, body) = (server.Requests.Single(), server.Requests.Single().Json);
        Assert.That(table.FullyQualifiedId, Is.EqualTo("local.pixels.pixel"));
        Assert.That((request.Method, request.Target.Split('?')[0]), Is.EqualTo(("POST", "/bigquery/v2/projects/local/datasets/pixels/tables")));
        Assert.That(body.GetProperty("tableReference").GetProperty("tableId").GetString(), Is.EqualTo("pixel"));
        Assert.That(body.GetProperty("schema").GetProperty("fields")[0].GetProperty("mode").GetString(), Is.EqualTo("REQUIRED"));
        Assert.That(body.GetProperty("timePartitioning").GetProperty("field").GetString(), Is.EqualTo("event_time"));
        Assert.That(body.GetProperty("clustering").GetProperty("fields").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task ListTables_Pages_AreFollowed()
    {
        await using var server = new ScriptedServer(
            Answer.Json(200, """{"tables":[{"tableReference":{"tableId":"a"}}],"nextPageToken":"next"}"""),
            Answer.Json(200, """{"tables":[{"tableReference":{"tableId":"b"}}]}"""));
        using var client = Client.Of(server);
        var tables = new List<string>();
        await foreach (var table in client.ListTablesAsync("pixels", new ListTablesOptions { PageSize = 1 }))
        {
            tables.Add(table.Reference.TableId);
        }

        Assert.That(tables, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(server.Requests[0].Target, Does.Contain("maxResults=1").And.Not.Contain("pageToken"));
        Assert.That(server.Requests[1].Target, Does.Contain("maxResults=1").And.Contain("pageToken=next"));
    }

    [Test]
    public async Task ListTables_EmptyDataset_GivesNone()
    {
        await using var server = new ScriptedServer(Answer.Json(200, """{"totalItems":0}"""));
        using var client = Client.Of(server);
        await foreach (var table in client.ListTablesAsync("pixels"))
        {
            Assert.Fail($"{table.Reference.TableId}");
        }
    }

    [Test]
    public async Task ListRows_Cells_HaveTheirColumnsTypes()
    {
        await using var server = new ScriptedServer(
            Answer.Json(200, $$"""{"tableReference":{"tableId":"pixel"},"schema":{{Fields}}}"""),
            Answer.Json(200, $$"""{"totalRows":"2","rows":[{{Row("one")}}],"pageToken":"next"}"""),
            Answer.Json(200, """{"totalRows":"2","rows":[{"f":[{"v":null},{"v":null},{"v":null}]}]}"""));
        using var client = Client.Of(server);
        var rows = new List<BigQueryRow>();
        await foreach (var row in client.ListRowsAsync("pixels", "pixel"))
        {
            rows.Add(row);
        }

        Assert.That(server.Requests[1].Target, Does.Contain("/tables/pixel/data?").And.Contain("formatOptions.useInt64Timestamp=true"));
        Assert.That((rows[0]["s"], rows[0]["i"], rows[0]["t"]), Is.EqualTo(((object)"one", (object)9_007_199_254_740_993L, (object)Time)));
        Assert.That(((DateTime)rows[0][2]).Kind, Is.EqualTo(DateTimeKind.Utc));
        Assert.That((rows[1]["s"], rows[1]["i"], rows[1]["t"]), Is.EqualTo(((object?)null, (object?)null, (object?)null)));
        Assert.That(() => rows[0]["other"], Throws.InstanceOf<KeyNotFoundException>());
    }

    [Test]
    public async Task ListRows_SchemaOfOneColumn_AsksForThatColumnAlone()
    {
        await using var server = new ScriptedServer(Answer.Json(200, """{"totalRows":"1","rows":[{"f":[{"v":"one"}]}]}"""));
        using var client = Client.Of(server);
        var schema = new TableSchema { Fields = [new TableFieldSchema { Name = "s", Type = "STRING" }] };
        await foreach (var row in client.ListRowsAsync(client.GetTableReference("pixels", "pixel"), schema))
        {
            Assert.That(row["s"], Is.EqualTo("one"));
        }

        Assert.That(server.Requests.Single().Target, Does.Contain("/tables/pixel/data?").And.Contain("selectedFields=s"));
    }

    [Test]
    public async Task ExecuteQuery_Parameters_StartAJobWhosePagesAreRead()
    {
        const string Job = "\"jobReference\":{\"projectId\":\"local\",\"jobId\":\"j-1\",\"location\":\"EU\"}";
        await using var server = new ScriptedServer(
            Answer.Json(200, $$$"""{{{{Job}}},"configuration":{"query":{"query":"SELECT 1"}},"status":{"state":"RUNNING"}}"""),
            Answer.Json(200, $$$"""{{{{Job}}},"jobComplete":false}"""),
            Answer.Json(200, $$$"""{{{{Job}}},"jobComplete":true,"schema":{{{Fields}}},"totalRows":"2","rows":[{{{Row("one")}}}],"pageToken":"next"}"""),
            Answer.Json(200, $$$"""{{{{Job}}},"jobComplete":true,"schema":{{{Fields}}},"totalRows":"2","rows":[{{{Row("two")}}}]}"""));
        using var client = Client.Of(server);
        var results = await client.ExecuteQueryAsync(
            "SELECT * FROM t WHERE s = @s AND t < @t",
            [new("s", BigQueryDbType.String, "a"), new("t", BigQueryDbType.Timestamp, Time)]);
        var texts = new List<object>();
        await foreach (var row in results.GetRowsAsync())
        {
            texts.Add(row["s"]);
        }

        Assert.That(texts, Is.EqualTo(new[] { "one", "two" }));
        Assert.That(results.TotalRows, Is.EqualTo(2));
        Assert.That(server.Requests[3].Target, Does.Contain("/queries/j-1?").And.Contain("location=EU").And.Contain("pageToken=next"));
        var query = server.Requests[0].Json.GetProperty("configuration").GetProperty("query");
        Assert.That(query.GetProperty("useLegacySql").GetBoolean(), Is.False);
        Assert.That(query.GetProperty("parameterMode").GetString(), Is.EqualTo("named"));
        Assert.That(query.GetProperty("queryParameters")[1].GetProperty("parameterType").GetProperty("type").GetString(), Is.EqualTo("TIMESTAMP"));
        Assert.That(
            query.GetProperty("queryParameters")[1].GetProperty("parameterValue").GetProperty("value").GetString(),
            Does.StartWith("2026-01-02 03:04:05.678901"));
    }

    [Test]
    public async Task ExecuteQuery_AnswerWithoutItsQuery_IsNoQuery()
    {
        await using var server = new ScriptedServer(
            Answer.Json(200, """{"jobReference":{"projectId":"local","jobId":"j-1"},"status":{"state":"RUNNING"}}"""));
        using var client = Client.Of(server);

        Assert.That(async () => await client.ExecuteQueryAsync("SELECT 1", null), Throws.InvalidOperationException);
    }

    [Test]
    public async Task ExecuteQuery_WrongSql_ThrowsWithTheReason()
    {
        await using var server = new ScriptedServer(Answer.Error(400, "invalidQuery"));
        using var client = Client.Of(server);

        var error = Assert.ThrowsAsync<GoogleApiException>(() => client.ExecuteQueryAsync("SELEKT", parameters: null))!;
        Assert.That(error.Error.Errors.Single().Reason, Is.EqualTo("invalidQuery"));
    }
}
