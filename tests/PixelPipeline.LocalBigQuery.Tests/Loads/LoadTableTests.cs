using System.Net;

namespace PixelPipeline.LocalBigQuery.Tests.Loads;

/// <summary>What a load does with its table.</summary>
internal sealed class LoadTableTests : LoadTest
{
    private const string Row = """{"user_id":"new"}""";
    private const string Columns = $$""","schema":{"fields":[{{PixelFields}}]}""";

    [SetUp]
    public async Task InsertOneRow() => await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"old"}}]}""");

    [TestCase("", "old new")]
    [TestCase(""","writeDisposition":"WRITE_APPEND" """, "old new")]
    [TestCase(""","writeDisposition":"WRITE_TRUNCATE" """, "new")]
    [TestCase($$"""{{Columns}},"writeDisposition":"WRITE_TRUNCATE" """, "new")]
    public async Task Load_WriteDisposition_KeepsOrReplacesTheRows(string more, string users)
    {
        var job = await LoadAsync(Row, more: more);

        Assert.That(Errors(job), Is.Empty);
        Assert.That((await BigQuery.ListAsync("pixel", "selectedFields=user_id")).Rows, Is.EqualTo(users.Split(' ')));
        Assert.That((string?)(await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Body["numRows"], Is.EqualTo($"{users.Split(' ').Length}"));
    }

    [Test]
    public async Task Load_TruncateWithOtherColumns_LeavesThese()
    {
        await LoadAsync("""{"n":1}""", more: ""","writeDisposition":"WRITE_TRUNCATE","schema":{"fields":[{"name":"n","type":"INT64"}]}""");

        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "1" }));
        Assert.That((await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Body["schema"]!["fields"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Load_TruncateThatFails_LeavesTheRows()
    {
        await LoadAsync("[]", more: ""","writeDisposition":"WRITE_TRUNCATE" """);

        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "old|NULL|NULL" }));
    }

    [Test]
    public async Task Load_WriteEmpty_TakesAnEmptyTableOnly()
    {
        await BigQuery.CreateTableAsync("empty", PixelFields);
        var full = await LoadAsync(Row, "full", ""","writeDisposition":"WRITE_EMPTY" """);
        var empty = await LoadAsync(Row, "empty", ""","writeDisposition":"WRITE_EMPTY" """, "empty");

        Assert.That((Failure(full), Errors(full).Single()), Is.EqualTo(("duplicate", "Already Exists: Table local:pixels.pixel")));
        Assert.That(Failure(empty), Is.Null);
        Assert.That((await RowsAsync("empty")).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Load_MissingTableWithSchema_MakesItPartitioned()
    {
        await LoadAsync(
            """{"user_id":"a","at":"2026-01-02T00:00:00Z"}""",
            more: ""","schema":{"fields":[{"name":"user_id","type":"STRING"},{"name":"at","type":"TIMESTAMP"}]},"timePartitioning":{"type":"DAY","field":"at"},"clustering":{"fields":["user_id"]}""",
            table: "made");
        var table = (await BigQuery.GetAsync("datasets/pixels/tables/made")).Body;

        Assert.That((string?)table["numRows"], Is.EqualTo("1"));
        Assert.That((string?)table["timePartitioning"]!["field"], Is.EqualTo("at"));
        Assert.That((string?)table["clustering"]!["fields"]![0], Is.EqualTo("user_id"));
    }

    [TestCase(""","createDisposition":"CREATE_NEVER" """, "notFound", "Not found: Table local:pixels.none")]
    [TestCase("", "invalid", "No schema specified on job or table.")]
    public async Task Load_MissingTableThatIsNotMade_Fails(string more, string reason, string message)
    {
        var job = await LoadAsync(Row, more: more, table: "none");

        Assert.That((Failure(job), Errors(job).Single()), Is.EqualTo((reason, message)));
        Assert.That((await BigQuery.GetAsync("datasets/pixels/tables/none")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Load_FailedRowsOfAMissingTable_DoNotMakeIt()
    {
        await LoadAsync("[]", more: Columns, table: "none");

        Assert.That((await BigQuery.GetAsync("datasets/pixels/tables/none")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("""{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"more","type":"STRING"}""", "Cannot add fields (field: more)")]
    [TestCase("""{"name":"user_id","type":"STRING"}""", "Field user_id has changed mode from REQUIRED to NULLABLE")]
    [TestCase("""{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"amount","type":"FLOAT"}""", "Field amount has changed type from INTEGER to FLOAT")]
    [TestCase("""{"name":"type","type":"STRING"}""", "Field user_id is missing in new schema")]
    public async Task Load_SchemaOfAnotherTable_Fails(string fields, string message)
    {
        var job = await LoadAsync(Row, more: $$""","schema":{"fields":[{{fields}}]}""");

        Assert.That(Errors(job), Is.EqualTo(new[] { $"Provided Schema does not match Table local:pixels.pixel. {message}" }));
    }

    [Test]
    public async Task Load_SchemaWithoutAColumn_TakesNoValueForIt()
    {
        const string Users = ""","schema":{"fields":[{"name":"user_id","type":"STRING","mode":"REQUIRED"}]}""";
        var job = await LoadAsync("""{"user_id":"a","type":"click"}""", "one", Users);
        await LoadAsync(Row, "two", Users);

        Assert.That(Errors(job).Last(), Does.Contain("no such field: type."));
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "old|NULL|NULL", "new|NULL|NULL" }));
    }

    [Test]
    public async Task Load_IntoAView_Fails()
    {
        await BigQuery.PostAsync("datasets/pixels/tables", """{"tableReference":{"tableId":"v"},"view":{"query":"SELECT 1 AS x"}}""");

        Assert.That(Failure(await LoadAsync(Row, table: "v")), Is.EqualTo("invalid"));
    }

    [TestCase(""","sourceUris":["gs://bucket/file"]""", 400, "invalid")]
    [TestCase(""","autodetect":true""", 400, "invalid")]
    [TestCase(""","schemaUpdateOptions":["ALLOW_FIELD_ADDITION"]""", 400, "invalid")]
    [TestCase(""","writeDisposition":"WRITE_OVER" """, 400, "invalid")]
    [TestCase(""","encoding":"ISO-8859-1" """, 400, "invalid")]
    [TestCase(""","schema":{"fields":[{"name":"a","type":"JSON"}]}""", 400, "invalid")]
    public async Task Load_NotOffered_IsRefusedBeforeTheUpload(string more, int status, string reason)
    {
        var answer = await LoadAsync(Row, more: more);

        Assert.That(((int)answer.Status, answer.Reason), Is.EqualTo((status, reason)));
        Assert.That(Uploads(), Is.Empty);
    }

    [TestCase("CSV")]
    [TestCase("")]
    public async Task Load_OtherFormat_IsRefused(string format)
    {
        var answer = await BigQuery.PostAsync(
            Jobs + "?uploadType=resumable",
            Job("csv").Replace("NEWLINE_DELIMITED_JSON", format, StringComparison.Ordinal));

        Assert.That((answer.Status, answer.Message), Is.EqualTo((HttpStatusCode.BadRequest, $"The local BigQuery loads the source format NEWLINE_DELIMITED_JSON only, not {format}.")));
    }
}
