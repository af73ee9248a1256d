using System.Net;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests.Queries;

internal sealed class QueryTests : BigQueryTest
{
    private const string AllTypes =
        "SELECT 'x' AS s, 1 AS i, 0.5 AS f, NUMERIC '1.50' AS n, TRUE AS b, b'\\x01' AS y, DATE '2026-11-20' AS d, TIMESTAMP '2026-11-20 11:12:28.408747' AS t, NULL AS z";

    [Test]
    public async Task Query_EveryType_IsBigQuerysOnTheWire()
    {
        var answer = await QueryAsync(AllTypes);

        Assert.Multiple(() =>
        {
            Assert.That(answer.Body["schema"]!["fields"]!.AsArray().Select(f => (string)f!["type"]!), Is.EqualTo(new[] { "STRING", "INTEGER", "FLOAT", "NUMERIC", "BOOLEAN", "BYTES", "DATE", "TIMESTAMP", "INTEGER" }));
            Assert.That(answer.Rows, Is.EqualTo(new[] { "x|1|0.5|1.5|true|AQ==|2026-11-20|1.795173148408747E9|NULL" }));
            Assert.That((bool)answer.Body["jobComplete"]!, Is.True);
            Assert.That((string?)answer.Body["totalRows"], Is.EqualTo("1"));
        });
    }

    [Test]
    public async Task Query_Int64Timestamps_AreMicroseconds()
    {
        var answer = await QueryAsync("SELECT TIMESTAMP '2026-11-20 11:12:28.408747'", ("formatOptions", new JsonObject { ["useInt64Timestamp"] = true }));

        Assert.That(answer.Rows, Is.EqualTo(new[] { "1795173148408747" }));
    }

    [Test]
    public async Task Query_InsertedRows_AreThere()
    {
        await BigQuery.InsertAsync("pixel", """{"templateSuffix":"_ann","rows":[{"json":{"user_id":"ann","type":"open","amount":"7"}}]}""");

        var answer = await QueryAsync("SELECT user_id, amount / 2 AS half, _TABLE_SUFFIX AS suffix FROM `local.pixels.pixel_*`");

        Assert.That(answer.Rows, Is.EqualTo(new[] { "ann|3.5|ann" }));
    }

    [TestCase("""[{"name":"x","parameterType":{"type":"INT64"},"parameterValue":{"value":"41"}}]""", "SELECT @x + 1", "42")]
    [TestCase("""[{"parameterType":{"type":"STRING"},"parameterValue":{"value":"a"}},{"parameterType":{"type":"STRING"},"parameterValue":{"value":"b"}}]""", "SELECT CONCAT(?, ?)", "ab")]
    [TestCase("""[{"name":"t","parameterType":{"type":"TIMESTAMP"},"parameterValue":{"value":"2026-11-20T00:00:00Z"}}]""", "SELECT DATE(@t)", "2026-11-20")]
    [TestCase("""[{"name":"l","parameterType":{"type":"ARRAY","arrayType":{"type":"STRING"}},"parameterValue":{"arrayValues":[{"value":"a"},{"value":"b"}]}}]""", "SELECT 'b' IN UNNEST(@l)", "true")]
    [TestCase("""[{"name":"n","parameterType":{"type":"STRING"},"parameterValue":{}}]""", "SELECT @n IS NULL", "true")]
    [TestCase("""[{"name":"d","parameterType":{"type":"STRING"},"parameterValue":{"value":"2026-11-20"}}]""", "SELECT DATE '2026-11-20' = @d", "true")] // a parameter coerces as a literal does
    public async Task Query_Parameters_AreValues(string parameters, string sql, string expected)
    {
        var answer = await QueryAsync(sql, ("queryParameters", JsonNode.Parse(parameters)));

        Assert.That(answer.Rows, Is.EqualTo(new[] { expected }), answer.Message);
    }

    [Test]
    public async Task Query_ParameterOfTooManyValues_IsRefusedAndNeverCut()
    {
        var values = new JsonArray([.. Enumerable.Range(0, 10_001).Select(i => new JsonObject { ["value"] = $"{i}" })]);
        var parameter = new JsonObject
        {
            ["name"] = "l",
            ["parameterType"] = new JsonObject { ["type"] = "ARRAY", ["arrayType"] = new JsonObject { ["type"] = "STRING" } },
            ["parameterValue"] = new JsonObject { ["arrayValues"] = values },
        };

        var answer = await QueryAsync("SELECT '10000' IN UNNEST(@l)", ("queryParameters", new JsonArray(parameter)));

        Assert.That((answer.Status, answer.Message), Is.EqualTo((HttpStatusCode.BadRequest, "Query parameter l: more than 10000 values.")));
    }

    [TestCase("SELECT\n  nope", HttpStatusCode.BadRequest, "invalidQuery", "Unrecognized name: nope at [2:3]")]
    [TestCase("SELECT 1/0", HttpStatusCode.BadRequest, "invalidQuery", "division by zero: 1 / 0")]
    [TestCase("ALTER TABLE pixels.pixel DROP COLUMN type", HttpStatusCode.BadRequest, "invalidQuery", "Not supported: statement ALTER at [1:1]")]
    [TestCase("SELECT * FROM pixels.nope", HttpStatusCode.NotFound, "notFound", "Not found: Table local:pixels.nope was not found in location US at [1:15]")]
    [TestCase("", HttpStatusCode.BadRequest, "invalid", "Required parameter is missing: query")]
    public async Task Query_Wrong_IsRefusedWithReasonAndPlace(string sql, HttpStatusCode status, string reason, string message)
    {
        var answer = await QueryAsync(sql);

        Assert.That((answer.Status, answer.Reason, answer.Message), Is.EqualTo((status, reason, message)));
    }

    [TestCase(true)]
    [TestCase(null)] // as over Google's REST API
    public async Task Query_LegacySql_IsRefused(bool? legacy)
    {
        var answer = await QueryAsync("SELECT 1", ("useLegacySql", legacy));

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
    }

    [Test]
    public async Task Query_DryRun_GivesColumnsAndNoRows()
    {
        var answer = await QueryAsync("SELECT 1/0 AS x", ("dryRun", true));

        Assert.Multiple(() =>
        {
            Assert.That((string?)answer.Body["schema"]!["fields"]![0]!["name"], Is.EqualTo("x"));
            Assert.That(answer.Rows, Is.Empty);
        });
    }

    [Test]
    public async Task Query_ByDefaultDataset_FindsTables()
    {
        var answer = await QueryAsync("SELECT COUNT(*) FROM pixel", ("defaultDataset", new JsonObject { ["datasetId"] = "pixels" }));

        Assert.That(answer.Rows, Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public async Task Query_OverAThousandTables_SaysTheWayOut()
    {
        foreach (var i in Enumerable.Range(0, 1_001))
        {
            await BigQuery.CreateTableAsync($"pixel_u{i}", PixelFields);
        }

        var all = await QueryAsync("SELECT COUNT(*) FROM `pixels.pixel_*`");
        var some = await QueryAsync("SELECT COUNT(*) FROM `pixels.pixel_*` WHERE _TABLE_SUFFIX < 'u9'");

        Assert.Multiple(() =>
        {
            Assert.That(all.Reason, Is.EqualTo("invalidQuery"));
            Assert.That(all.Message, Does.Contain("more than 1000 tables").And.Contain("_TABLE_SUFFIX").And.Contain("partitioned layout"));
            Assert.That(some.Rows, Is.EqualTo(new[] { "0" }));
        });
    }
}
