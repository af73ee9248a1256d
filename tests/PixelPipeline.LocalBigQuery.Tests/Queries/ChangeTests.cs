using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests.Queries;

/// <summary>INSERT, UPDATE, DELETE, MERGE and TRUNCATE.</summary>
internal sealed class ChangeTests : BigQueryTest
{
    private const string All = "SELECT user_id, type, amount FROM pixels.pixel ORDER BY user_id, type, amount";

    [SetUp]
    public Task AddRows() => BigQuery.InsertAsync("pixel", """
        {"rows":[{"json":{"user_id":"ann","type":"open","amount":"1"}},{"json":{"user_id":"ann","type":"click","amount":"2"}},
                 {"json":{"user_id":"bob","type":"open","amount":"3"}},{"json":{"user_id":"cid"}}]}
        """);

    [TestCase("DELETE FROM pixels.pixel WHERE user_id = 'ann'", "0/0/2", "bob|open|3; cid|NULL|NULL")]
    [TestCase("DELETE pixels.pixel p WHERE p.type IS NULL OR p.user_id IN (SELECT 'bob')", "0/0/2", "ann|click|2; ann|open|1")]
    [TestCase("DELETE pixels.pixel WHERE FALSE", "0/0/0", "ann|click|2; ann|open|1; bob|open|3; cid|NULL|NULL")]
    [TestCase("DELETE `local.pixels.pixel` WHERE TRUE", "0/0/4", "")]
    [TestCase("UPDATE pixels.pixel SET amount = amount * 10, type = 'x' WHERE user_id = 'ann'", "0/2/0", "ann|x|10; ann|x|20; bob|open|3; cid|NULL|NULL")]
    [TestCase("UPDATE pixels.pixel p SET p.amount = NULL WHERE type = 'open'", "0/2/0", "ann|click|2; ann|open|NULL; bob|open|NULL; cid|NULL|NULL")]
    [TestCase("UPDATE pixels.pixel p SET type = n.name FROM (SELECT 'ann' AS id, 'Ann “A”' AS name) n WHERE p.user_id = n.id", "0/2/0", "ann|Ann “A”|1; ann|Ann “A”|2; bob|open|3; cid|NULL|NULL")]
    [TestCase("UPDATE pixels.pixel SET type = DEFAULT WHERE user_id = 'bob'", "0/1/0", "ann|click|2; ann|open|1; bob|NULL|3; cid|NULL|NULL")]
    [TestCase("INSERT INTO pixels.pixel (user_id, amount) VALUES ('dot', 4), ('eve', 2 + 3)", "2/0/0", "ann|click|2; ann|open|1; bob|open|3; cid|NULL|NULL; dot|NULL|4; eve|NULL|5")]
    [TestCase("INSERT pixels.pixel VALUES ('dot', DEFAULT, (SELECT MAX(amount) FROM pixels.pixel))", "1/0/0", "ann|click|2; ann|open|1; bob|open|3; cid|NULL|NULL; dot|NULL|3")]
    [TestCase("INSERT INTO pixels.pixel (amount, user_id) SELECT amount + 100, user_id FROM pixels.pixel WHERE type = 'open'", "2/0/0", "ann|NULL|101; ann|click|2; ann|open|1; bob|NULL|103; bob|open|3; cid|NULL|NULL")]
    [TestCase("INSERT INTO pixels.pixel (user_id) WITH x AS (SELECT 'dot' AS u) SELECT u FROM x", "1/0/0", "ann|click|2; ann|open|1; bob|open|3; cid|NULL|NULL; dot|NULL|NULL")]
    [TestCase("TRUNCATE TABLE pixels.pixel", "0/0/4", "")]
    [TestCase("MERGE pixels.pixel t USING (SELECT 'ann' AS u, 7 AS a UNION ALL SELECT 'dot', 8) s ON t.user_id = s.u AND t.type = 'open' WHEN MATCHED THEN UPDATE SET amount = s.a WHEN NOT MATCHED THEN INSERT (user_id, amount) VALUES (u, a)", "1/1/0", "ann|click|2; ann|open|7; bob|open|3; cid|NULL|NULL; dot|NULL|8")]
    [TestCase("MERGE INTO pixels.pixel USING UNNEST(['bob']) AS s ON user_id = s WHEN MATCHED AND amount > 3 THEN UPDATE SET amount = 0 WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY SOURCE AND type IS NULL THEN DELETE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET type = CONCAT(type, '!')", "0/2/2", "ann|click!|2; ann|open!|1")]
    [TestCase("MERGE pixels.pixel t USING (SELECT 'dot' AS user_id, 'z' AS type, 9 AS amount) s ON FALSE WHEN NOT MATCHED THEN INSERT ROW WHEN NOT MATCHED BY SOURCE THEN DELETE", "1/0/4", "dot|z|9")]
    [TestCase("MERGE pixels.pixel t USING pixels.pixel s ON t.user_id = s.user_id AND t.type = s.type AND t.amount = s.amount WHEN NOT MATCHED BY TARGET THEN INSERT (user_id, type) VALUES (s.user_id, 'copy')", "1/0/0", "ann|click|2; ann|open|1; bob|open|3; cid|NULL|NULL; cid|copy|NULL")]
    public async Task Change_OfRows_LeavesThemSo(string sql, string counts, string rows)
    {
        await SelectAsync("SELECT COUNT(*) FROM pixels.pixel"); // the engine has them from before

        var answer = await QueryAsync(sql);
        Assert.That(answer.Message, Is.Null);
        var job = await BigQuery.GetAsync($"jobs/{answer.Body["jobReference"]!["jobId"]}");
        var query = job.Body["statistics"]!["query"]!;
        var stats = query["dmlStats"]!;

        Assert.Multiple(async () =>
        {
            Assert.That($"{stats["insertedRowCount"]}/{stats["updatedRowCount"]}/{stats["deletedRowCount"]}", Is.EqualTo(counts));
            Assert.That((string?)answer.Body["numDmlAffectedRows"], Is.EqualTo($"{counts.Split('/').Sum(int.Parse)}"));
            Assert.That(await SelectAsync(All), Is.EqualTo(rows));
            Assert.That((await ListedAsync()).Order(), Is.EqualTo(rows.Split("; ", StringSplitOptions.RemoveEmptyEntries).Order()), "tabledata.list");
            Assert.That((string?)(await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Body["numRows"], Is.EqualTo($"{rows.Split("; ", StringSplitOptions.RemoveEmptyEntries).Length}"));
            Assert.That((string?)query["statementType"], Is.EqualTo(sql.Split(' ')[0] + (sql.StartsWith("TRUNCATE", StringComparison.Ordinal) ? "_TABLE" : "")));
        });
    }

    [TestCase("DELETE FROM pixels.pixel", "DELETE must have a WHERE clause at [1:1]")]
    [TestCase("UPDATE pixels.pixel SET amount = 1", "UPDATE must have a WHERE clause at [1:1]")]
    [TestCase("UPDATE pixels.pixel SET amount = 'x' WHERE TRUE", "Value has type STRING which cannot be inserted into column amount, which has type INT64 at [1:34]")]
    [TestCase("UPDATE pixels.pixel SET nope = 1 WHERE TRUE", "Column nope is not present in table local.pixels.pixel at [1:25]")]
    [TestCase("UPDATE pixels.pixel SET amount = 1, amount = 2 WHERE TRUE", "Update item amount assigned more than once at [1:37]")]
    [TestCase("UPDATE pixels.pixel SET user_id = NULL WHERE TRUE", "Required field user_id cannot be null")]
    [TestCase("UPDATE pixels.pixel SET amount = 1 / 0 WHERE TRUE", "Value has type FLOAT64 which cannot be inserted into column amount, which has type INT64 at [1:36]")]
    [TestCase("UPDATE pixels.pixel SET amount = DIV(1, 0) WHERE TRUE", "division by zero: DIV(1, 0)")]
    [TestCase("UPDATE pixels.pixel p SET amount = x FROM UNNEST([1, 2]) AS x WHERE p.user_id = 'bob'", "UPDATE/MERGE must match at most one source row for each target row")]
    [TestCase("INSERT pixels.pixel (user_id) VALUES ('a', 'b')", "Inserted row has wrong column count; Has 2, expected 1 at [1:39]")]
    [TestCase("INSERT pixels.pixel (type) VALUES ('a')", "Required field user_id cannot be null")]
    [TestCase("INSERT pixels.pixel (user_id, user_id) VALUES ('a', 'b')", "INSERT has columns with duplicate name: user_id at [1:1]")]
    [TestCase("INSERT pixels.pixel SELECT 1, 2, 3", "Query column 1 has type INT64 which cannot be inserted into column user_id, which has type STRING at [1:28]")]
    [TestCase("INSERT pixels.nope VALUES (1)", "Not found: Table local:pixels.nope was not found in location US at [1:8]")]
    [TestCase("DELETE `pixels.pixel*` WHERE TRUE", "Not supported: a wildcard as the table of a statement that changes rows at [1:8]")]
    [TestCase("BEGIN TRANSACTION", "Not supported: transactions of several statements at [1:1]")]
    public async Task Change_Wrong_IsRefusedAndLeavesAllRows(string sql, string message)
    {
        Assert.That(await SelectAsync(sql), Is.EqualTo(message));
        Assert.That(await SelectAsync("SELECT COUNT(*), SUM(amount) FROM pixels.pixel"), Is.EqualTo("4|6"));
    }

    [Test]
    public async Task Change_OfAView_IsRefused()
    {
        await BigQuery.PostAsync("datasets/pixels/tables", """{"tableReference":{"tableId":"v"},"view":{"query":"SELECT * FROM `local.pixels.pixel`","useLegacySql":false}}""");

        Assert.That(await SelectAsync("DELETE pixels.v WHERE TRUE"), Is.EqualTo("local:pixels.v is not allowed for this operation because it is currently a VIEW. at [1:8]"));
    }

    [Test]
    public async Task Insert_EveryType_ComesBackAsItWas()
    {
        await SelectAsync("CREATE TABLE pixels.all (s STRING, i INT64, f FLOAT64, n NUMERIC, b BOOL, t TIMESTAMP, d DATE, y BYTES)");
        const string Values = "'a\"\\n\\u2028', -9223372036854775808, 0.1, 1.50, FALSE, '2026-11-20 11:12:28.408747', '0001-01-01', b'\\x00\\xff'";

        var inserted = await SelectAsync($"INSERT pixels.all VALUES ({Values}), (NULL, NULL, CAST('nan' AS FLOAT64), NULL, NULL, NULL, NULL, NULL), (NULL, NULL, CAST('-inf' AS FLOAT64), NULL, NULL, NULL, NULL, NULL)");
        await SelectAsync("UPDATE pixels.all SET i = i WHERE TRUE");

        Assert.That(inserted, Is.Empty);
        Assert.That(await SelectAsync("SELECT * FROM pixels.all ORDER BY i DESC LIMIT 1"), Is.EqualTo("a\"\n\u2028|-9223372036854775808|0.1|1.5|false|1.795173148408747E9|0001-01-01|AP8="));
        Assert.That(await SelectAsync("SELECT f FROM pixels.all WHERE i IS NULL ORDER BY f"), Is.EqualTo("NaN; -Infinity"));
        var table = await BigQuery.GetAsync("datasets/pixels/tables/all");
        Assert.That((string?)table.Body["numBytes"], Is.EqualTo($"{(2 + 6) + 8 + 8 + 16 + 1 + 8 + 8 + 4 + 8 + 8}"));
    }

    [Test]
    public async Task Change_AfterDeletes_CountsAndInsertsGoOn()
    {
        await SelectAsync("DELETE pixels.pixel WHERE user_id IN ('ann', 'cid')");
        await SelectAsync("INSERT pixels.pixel (user_id) VALUES ('dot')");
        await BigQuery.RestartAsync();

        Assert.That(await SelectAsync("SELECT STRING_AGG(user_id ORDER BY user_id) FROM pixels.pixel"), Is.EqualTo("bob,dot"));
        Assert.That((await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Body["numRows"]!.GetValue<string>(), Is.EqualTo("2"));
    }

    [Test]
    public async Task Change_ManyAtOnce_AllCount()
    {
        await SelectAsync("INSERT pixels.pixel (user_id, amount) SELECT CONCAT('u', i), i FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS i");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SelectAsync($"UPDATE pixels.pixel SET amount = amount + 1 WHERE MOD(amount, 2) = {i % 2} AND user_id LIKE 'u%'")));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SelectAsync($"INSERT pixels.pixel (user_id) VALUES ('n{i}')")));
        await SelectAsync("DELETE pixels.pixel WHERE user_id LIKE 'u%'");

        Assert.That(await SelectAsync("SELECT COUNT(*), COUNTIF(user_id LIKE 'n%') FROM pixels.pixel"), Is.EqualTo("12|8"));
    }

    [Test]
    public async Task Change_OfRowsInTheStreamingBuffer_IsRefusedAsGoogleDoes()
    {
        await BigQuery.RestartAsync(streamingBuffer: TimeSpan.FromMinutes(90));
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"new"}}]}""");

        var refused = await QueryAsync("DELETE pixels.pixel WHERE user_id = 'new'");
        var table = await BigQuery.GetAsync("datasets/pixels/tables/pixel");
        Assert.Multiple(async () =>
        {
            Assert.That((refused.Reason, refused.Message), Is.EqualTo(("invalidQuery", "UPDATE or DELETE statement over table local.pixels.pixel would affect rows in the streaming buffer, which is not supported")));
            Assert.That((string?)table.Body["streamingBuffer"]!["estimatedRows"], Is.EqualTo("1"));
            Assert.That((await QueryAsync("DELETE pixels.pixel WHERE user_id = 'ann'")).Body["numDmlAffectedRows"]!.GetValue<string>(), Is.EqualTo("2"));
            Assert.That(await SelectAsync("TRUNCATE TABLE pixels.pixel"), Does.StartWith("TRUNCATE TABLE statement over table local.pixels.pixel would affect rows in the streaming buffer"));
        });

        BigQuery.Time.Advance(TimeSpan.FromMinutes(91));
        Assert.That((await QueryAsync("DELETE pixels.pixel WHERE user_id = 'new'")).Body["numDmlAffectedRows"]!.GetValue<string>(), Is.EqualTo("1"));
        Assert.That((await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Body["streamingBuffer"], Is.Null);
    }

    [Test]
    public async Task Change_DryRun_ChangesNothing()
    {
        var dry = await QueryAsync("DELETE pixels.pixel WHERE TRUE", ("dryRun", true));
        var wrong = await QueryAsync("DELETE pixels.pixel WHERE nope", ("dryRun", true));

        Assert.That(dry.Message, Is.Null);
        Assert.That(wrong.Message, Is.EqualTo("Unrecognized name: nope at [1:27]"));
        Assert.That(await SelectAsync("SELECT COUNT(*) FROM pixels.pixel"), Is.EqualTo("4"));
    }

    [Test]
    public async Task Change_WithParameters_TakesThem()
    {
        var parameters = JsonNode.Parse("""[{"name":"users","parameterType":{"type":"ARRAY","arrayType":{"type":"STRING"}},"parameterValue":{"arrayValues":[{"value":"ann"},{"value":"cid"}]}}]""");

        var answer = await QueryAsync("DELETE pixels.pixel WHERE user_id IN UNNEST(@users)", ("queryParameters", parameters));

        Assert.That((string?)answer.Body["numDmlAffectedRows"], Is.EqualTo("3"));
    }

    private async Task<IEnumerable<string>> ListedAsync() => (await BigQuery.ListAsync("pixel")).Rows;
}
