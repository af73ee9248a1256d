using System.Net;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests.Queries;

/// <summary>CREATE and DROP, scripts, and results that go to tables.</summary>
internal sealed class TableStatementTests : BigQueryTest
{
    [Test]
    public async Task CreateTable_AllItsParts_AreInTheResource()
    {
        var created = await QueryAsync("""
            CREATE TABLE pixels.events (event_id STRING NOT NULL OPTIONS (description = 'id'), event_time TIMESTAMP, n NUMERIC)
            PARTITION BY TIMESTAMP_TRUNC(event_time, HOUR) CLUSTER BY event_id, n
            OPTIONS (description = 'events', partition_expiration_days = 3, require_partition_filter = TRUE, labels = [('team', 'web')])
            """);
        var table = (await BigQuery.GetAsync("datasets/pixels/tables/events")).Body;
        var job = (await BigQuery.GetAsync($"jobs/{created.Body["jobReference"]!["jobId"]}")).Body["statistics"]!["query"]!;

        Assert.Multiple(() =>
        {
            Assert.That(table["schema"]!["fields"]!.ToJsonString(), Is.EqualTo("""[{"name":"event_id","type":"STRING","mode":"REQUIRED","description":"id"},{"name":"event_time","type":"TIMESTAMP","mode":"NULLABLE"},{"name":"n","type":"NUMERIC","mode":"NULLABLE"}]"""));
            Assert.That(table["timePartitioning"]!.ToJsonString(), Is.EqualTo("""{"type":"HOUR","field":"event_time","expirationMs":"259200000"}"""));
            Assert.That(table["clustering"]!.ToJsonString(), Is.EqualTo("""{"fields":["event_id","n"]}"""));
            Assert.That(((string?)table["description"], (bool)table["requirePartitionFilter"]!, (string?)table["labels"]!["team"]), Is.EqualTo(("events", true, "web")));
            Assert.That(((string?)job["statementType"], (string?)job["ddlOperationPerformed"], (string?)job["ddlTargetTable"]!["tableId"]), Is.EqualTo(("CREATE_TABLE", "CREATE", "events")));
        });
    }

    [TestCase("CREATE TABLE pixels.pixel (x INT64)", HttpStatusCode.Conflict, "Already Exists: Table local:pixels.pixel")]
    [TestCase("CREATE TABLE pixels.t (x ARRAY<INT64>)", HttpStatusCode.BadRequest, "Not supported: a column of type ARRAY<INT64> at [1:24]")]
    [TestCase("CREATE TABLE nope.t (x INT64)", HttpStatusCode.NotFound, "Not found: Dataset local:nope")]
    [TestCase("CREATE TABLE t (x INT64)", HttpStatusCode.BadRequest, "Table \"t\" must be qualified with a dataset (e.g. dataset.table) at [1:1]")]
    [TestCase("CREATE TABLE pixels.t (x INT64) OPTIONS (kms_key_name = 'x')", HttpStatusCode.BadRequest, "Not supported: option kms_key_name, or this value of it at [1:57]")]
    [TestCase("CREATE VIEW pixels.v AS SELECT nope", HttpStatusCode.BadRequest, "Unrecognized name: nope at [1:8]")]
    [TestCase("DROP TABLE pixels.nope", HttpStatusCode.NotFound, "Not found: Table local:pixels.nope")]
    [TestCase("DROP VIEW pixels.pixel", HttpStatusCode.BadRequest, "local:pixels.pixel is not allowed for this operation because it is currently a TABLE.")]
    [TestCase("CREATE MATERIALIZED VIEW pixels.v AS SELECT 1", HttpStatusCode.BadRequest, "Not supported: statement CREATE MATERIALIZED at [1:1]")]
    [TestCase("DROP SCHEMA pixels", HttpStatusCode.BadRequest, "Not supported: statement DROP SCHEMA at [1:1]")]
    public async Task Definition_Wrong_IsRefused(string sql, HttpStatusCode status, string message)
    {
        var answer = await QueryAsync(sql);

        Assert.That((answer.Status, answer.Message), Is.EqualTo((status, message)));
    }

    [Test]
    public async Task CreateTable_AsQuery_HasItsColumnsAndRows()
    {
        await QueryAsync("INSERT pixels.pixel VALUES ('ann', 'open', 1), ('bob', NULL, 2)");

        var created = await QueryAsync("CREATE OR REPLACE TABLE pixels.copy AS SELECT user_id, amount * 0.5 AS half, DATE '2026-01-02' AS day FROM pixels.pixel");
        var optional = await QueryAsync("CREATE TABLE IF NOT EXISTS pixels.copy AS SELECT 1 AS x");

        Assert.That((created.Message, optional.Message), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(await SelectAsync("SELECT * FROM pixels.copy ORDER BY user_id"), Is.EqualTo("ann|0.5|2026-01-02; bob|1.0|2026-01-02"));
        Assert.That((await BigQuery.GetAsync($"jobs/{optional.Body["jobReference"]!["jobId"]}")).Body["statistics"]!["query"]!["ddlOperationPerformed"]!.GetValue<string>(), Is.EqualTo("SKIP"));
    }

    [Test]
    public async Task Views_MadeAndDropped_AreThereInBetween()
    {
        await QueryAsync("CREATE VIEW pixels.v AS\nSELECT user_id AS u -- who\nFROM pixels.pixel;");
        await QueryAsync("INSERT pixels.pixel (user_id) VALUES ('ann')");

        Assert.That(await SelectAsync("SELECT u FROM pixels.v"), Is.EqualTo("ann"));
        Assert.That((string?)(await BigQuery.GetAsync("datasets/pixels/tables/v")).Body["view"]!["query"], Is.EqualTo("SELECT user_id AS u -- who\nFROM pixels.pixel"));
        Assert.That(await SelectAsync("CREATE OR REPLACE VIEW pixels.v AS SELECT 7 AS u"), Is.Empty);
        Assert.That(await SelectAsync("SELECT u FROM pixels.v"), Is.EqualTo("7"));
        Assert.That(await SelectAsync("DROP VIEW pixels.v; DROP VIEW IF EXISTS pixels.v"), Is.Empty);
        Assert.That(await SelectAsync("SELECT u FROM pixels.v"), Does.StartWith("Not found: Table local:pixels.v"));
    }

    [TestCase("DECLARE x INT64 DEFAULT 3; SET x = x + 1; SELECT x", "4")]
    [TestCase("DECLARE d DATE; IF d IS NULL THEN SET d = DATE '2026-01-02'; END IF; SELECT d", "2026-01-02")]
    [TestCase("DECLARE x INT64 DEFAULT 3; IF x > 5 THEN SELECT 'a'; ELSEIF x > 2 THEN SELECT 'b'; ELSE SELECT 'c'; END IF", "b")]
    [TestCase("BEGIN DECLARE y STRING DEFAULT 'in'; INSERT pixels.pixel (user_id) VALUES (y); SELECT user_id FROM pixels.pixel; END; DELETE pixels.pixel WHERE TRUE", "in")]
    [TestCase("BEGIN DECLARE y INT64; END; SELECT y", "Unrecognized name: y at [1:36]")]
    [TestCase("CREATE TABLE pixels.s (n INT64); INSERT pixels.s SELECT n FROM UNNEST([1, 2]) AS n; UPDATE pixels.s SET n = n * 2 WHERE TRUE; SELECT SUM(n) FROM pixels.s; DROP TABLE pixels.s;", "6")]
    [TestCase("DECLARE x INT64; DECLARE x INT64; SELECT x", "Variable 'x' redeclaration at [1:18]")]
    [TestCase("SET x = 1", "Undeclared variable: x at [1:1]")]
    [TestCase("WHILE TRUE DO SELECT 1; END WHILE", "Not supported: statement WHILE at [1:1]")]
    [TestCase("BEGIN SELECT 1; EXCEPTION WHEN ERROR THEN SELECT 2; END", "Not supported: EXCEPTION at [1:17]")]
    public async Task Script_ItsLastRows_AreItsResult(string sql, string rows) => Assert.That(await SelectAsync(sql), Is.EqualTo(rows));

    [Test]
    public async Task Script_ThatFails_KeepsWhatCameBefore()
    {
        Assert.That(await SelectAsync("INSERT pixels.pixel (user_id) VALUES ('ann'); SELECT 1 / 0"), Is.EqualTo("division by zero: 1 / 0"));
        Assert.That(await SelectAsync("SELECT user_id FROM pixels.pixel"), Is.EqualTo("ann"));
    }

    [TestCase("WRITE_EMPTY", "1|a")]
    [TestCase("WRITE_APPEND", "1|a; 1|a")]
    [TestCase("WRITE_TRUNCATE", "1|a")]
    public async Task Destination_OfAResult_HasItsRows(string disposition, string rows)
    {
        for (var i = 0; i < (disposition == "WRITE_EMPTY" ? 1 : 2); i++)
        {
            var done = await DestineAsync("SELECT 1 AS x, 'a' AS y", "result", disposition);
            Assert.That(done.Body["status"]!["errorResult"], Is.Null);
        }

        Assert.That(await SelectAsync("SELECT x, y FROM pixels.result"), Is.EqualTo(rows));
    }

    [TestCase("SELECT 'a' AS type, 'ann' AS user_id", "WRITE_APPEND", "Provided Schema does not match Table local:pixels.pixel. Field user_id has changed mode from REQUIRED to NULLABLE")]
    [TestCase("SELECT 'a' AS type", "WRITE_APPEND", "Provided Schema does not match Table local:pixels.pixel. Field user_id is missing in new schema")]
    [TestCase("SELECT 1 AS more", "WRITE_APPEND", "Provided Schema does not match Table local:pixels.pixel. Cannot add fields (field: more)")]
    [TestCase("SELECT [1] AS a", "WRITE_TRUNCATE", "Field a: the local BigQuery offers the modes NULLABLE and REQUIRED only.")]
    [TestCase("DELETE pixels.pixel WHERE TRUE", "WRITE_APPEND", "configuration.query.destinationTable cannot be set for scripts and statements that are no query")]
    public async Task Destination_ThatIsThere_HasToFit(string sql, string disposition, string? message)
    {
        var done = await DestineAsync(sql, "pixel", disposition);

        Assert.That((string?)done.Body["status"]!["errorResult"]?["message"], Is.EqualTo(message));
        Assert.That(await SelectAsync("SELECT user_id, type, amount FROM pixels.pixel"), Is.Empty);
    }

    [Test]
    public async Task Destination_WithItsColumnsInAnotherOrder_TakesThemByName()
    {
        await SelectAsync("CREATE TABLE pixels.t (a STRING, b STRING, c INT64)");
        await DestineAsync("SELECT 1 AS c, 'x' AS a", "t", "WRITE_APPEND");

        Assert.That(await SelectAsync("SELECT a, b, c FROM pixels.t"), Is.EqualTo("x|NULL|1"));
    }

    [Test]
    public async Task Destination_WithRows_IsNotEmpty()
    {
        await DestineAsync("SELECT 1 AS x", "result", "WRITE_EMPTY");
        var again = await DestineAsync("SELECT 1 AS x", "result", "WRITE_EMPTY");

        Assert.That((string?)again.Body["status"]!["errorResult"]!["message"], Is.EqualTo("Already Exists: Table local:pixels.result"));
    }

    private async Task<Answer> DestineAsync(string sql, string table, string disposition)
    {
        var body = new JsonObject
        {
            ["configuration"] = new JsonObject
            {
                ["query"] = new JsonObject
                {
                    ["query"] = sql,
                    ["useLegacySql"] = false,
                    ["writeDisposition"] = disposition,
                    ["destinationTable"] = new JsonObject { ["projectId"] = "local", ["datasetId"] = "pixels", ["tableId"] = table },
                },
            },
        };
        var job = await BigQuery.PostAsync("jobs", body.ToJsonString());
        var id = (string)job.Body["jobReference"]!["jobId"]!;
        await BigQuery.GetAsync($"queries/{id}?timeoutMs=10000");
        return await BigQuery.GetAsync($"jobs/{id}");
    }
}
