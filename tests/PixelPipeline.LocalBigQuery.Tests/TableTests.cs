using System.Net;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class TableTests : BigQueryTest
{
    private const string Tables = "datasets/pixels/tables";

    [Test]
    public async Task Insert_NumbersOf64Bits_ComeBackAsText()
    {
        var made = await BigQuery.PostAsync(
            "datasets/pixels/tables",
            """{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"t","type":"TIMESTAMP"}]},"expirationTime":4102444800000,"timePartitioning":{"type":"DAY","field":"t","expirationMs":86400000}}""");

        Assert.Multiple(() =>
        {
            Assert.That(made.Body["expirationTime"]!.ToJsonString(), Is.EqualTo("\"4102444800000\""));
            Assert.That(made.Body["timePartitioning"]!["expirationMs"]!.ToJsonString(), Is.EqualTo("\"86400000\""));
        });
    }

    [Test]
    public async Task List_WithoutMaxResults_HasFiftyOnAPage()
    {
        foreach (var i in Enumerable.Range(0, 51))
        {
            await BigQuery.PostAsync("datasets/pixels/tables", $$$"""{"tableReference":{"tableId":"t{{{i}}}"},"schema":{"fields":[{"name":"t","type":"TIMESTAMP"}]}}""");
        }

        var page = await BigQuery.GetAsync("datasets/pixels/tables");

        Assert.Multiple(() =>
        {
            Assert.That(page.Body["tables"]!.AsArray(), Has.Count.EqualTo(50));
            Assert.That(page.Body["nextPageToken"], Is.Not.Null);
        });
    }

    [Test]
    public async Task Get_TableWithRows_CountsThem()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"é"}},{"json":{"user_id":"b","amount":1}}]}""");

        var table = (await BigQuery.GetAsync(Tables + "/pixel")).Body;

        Assert.That((string?)table["numRows"], Is.EqualTo("2"));
        Assert.That((string?)table["numBytes"], Is.EqualTo("15")); // 2 + 2 bytes, 2 + 1 bytes, 8 bytes
        Assert.That((string?)table["type"], Is.EqualTo("TABLE"));
        Assert.That((string?)table["id"], Is.EqualTo("local:pixels.pixel"));
        Assert.That((string?)table["creationTime"], Is.EqualTo("1767323045000"));
    }

    [Test]
    public async Task Insert_SqlTypeNames_AreAnsweredInRestSpelling()
    {
        var made = await BigQuery.CreateTableAsync("t", """{"name":"a","type":"int64","mode":"nullable"},{"name":"b","type":"BOOL"}""");

        Assert.That(
            made.Body["schema"]!.ToJsonString(),
            Is.EqualTo("""{"fields":[{"name":"a","type":"INTEGER","mode":"NULLABLE"},{"name":"b","type":"BOOLEAN"}]}"""));
    }

    [Test]
    public async Task Insert_Partitioned_KeepsPartitioningAndClustering()
    {
        await BigQuery.PostAsync(
            Tables,
            """
            {"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"at","type":"TIMESTAMP"},{"name":"u","type":"STRING"}]},
             "timePartitioning":{"type":"DAY","field":"at"},"clustering":{"fields":["u"]}}
            """);

        var table = (await BigQuery.GetAsync(Tables + "/t")).Body;

        Assert.That(table["timePartitioning"]!.ToJsonString(), Is.EqualTo("""{"type":"DAY","field":"at"}"""));
        Assert.That(table["clustering"]!.ToJsonString(), Is.EqualTo("""{"fields":["u"]}"""));
    }

    [Test]
    public async Task Insert_Existing_Is409()
    {
        var answer = await BigQuery.CreateTableAsync("pixel", PixelFields);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.Conflict, "duplicate")));
        Assert.That(answer.Message, Is.EqualTo("Already Exists: Table local:pixels.pixel"));
    }

    [Test]
    public async Task Insert_IdInOtherCase_IsAnotherTable()
    {
        Assert.That((await BigQuery.CreateTableAsync("Pixel", PixelFields)).Status, Is.EqualTo(HttpStatusCode.OK));
        await BigQuery.InsertAsync("Pixel", """{"rows":[{"json":{"user_id":"a"}}]}""");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.Empty);
    }

    [TestCase("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"a","type":"GEOGRAPHY"}]}}""")] // not offered
    [TestCase("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"a","type":"STRING","mode":"REPEATED"}]}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"a","type":"STRING"},{"name":"A","type":"STRING"}]}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"1a","type":"STRING"}]}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"_PARTITIONTIME","type":"STRING"}]}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"type":"STRING"}]}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"schema":[]}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"timePartitioning":{"type":"DAY","field":"nope"}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"clustering":{"fields":["nope"]}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"view":{"query":""}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"view":{"query":"SELECT 1","useLegacySql":true}}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"materializedView":{"query":"SELECT 1"}}""")]
    [TestCase("""{"tableReference":{"tableId":"t x"}}""")]
    [TestCase("""{"tableReference":{}}""")]
    [TestCase("""{}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"description":"\ud800"}""")]
    [TestCase("""{"tableReference":{"tableId":"t"},"tableReference":{"tableId":"u"}}""")]
    public async Task Insert_WrongDefinition_Is400AndMakesNothing(string body)
    {
        var answer = await BigQuery.PostAsync(Tables, body);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
        Assert.That((int?)(await BigQuery.GetAsync(Tables)).Body["totalItems"], Is.EqualTo(1));
    }

    [Test]
    public async Task Insert_MissingDataset_Is404() =>
        Assert.That(
            (await BigQuery.PostAsync("datasets/nope/tables", """{"tableReference":{"tableId":"t"}}""")).Message,
            Is.EqualTo("Not found: Dataset local:nope"));

    [Test]
    public async Task View_IsStoredWithItsQueryAndHasNoRowsOfItsOwn()
    {
        await BigQuery.PostAsync(Tables, """{"tableReference":{"tableId":"v"},"view":{"query":"SELECT 1 AS x"}}""");

        var view = (await BigQuery.GetAsync(Tables + "/v")).Body;

        Assert.That((string?)view["type"], Is.EqualTo("VIEW"));
        Assert.That((string?)view["view"]!["query"], Is.EqualTo("SELECT 1 AS x"));
        Assert.That((await BigQuery.ListAsync("v")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task List_ManyTables_ComeInPagesInTheOrderOfTheirIds()
    {
        await BigQuery.CreateTableAsync("b", PixelFields);
        await BigQuery.CreateTableAsync("B", PixelFields);

        var first = await BigQuery.GetAsync(Tables + "?maxResults=2");
        var second = await BigQuery.GetAsync($"{Tables}?maxResults=2&pageToken={first.Body["nextPageToken"]}");

        Assert.That(Ids(first), Is.EqualTo(new[] { "B", "b" }));
        Assert.That(Ids(second), Is.EqualTo(new[] { "pixel" }));
        Assert.That((int?)first.Body["totalItems"], Is.EqualTo(3));
    }

    [Test]
    public async Task Delete_Table_TakesItsRowsAlong()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"a"}}]}""");

        var deleted = await BigQuery.SendAsync(HttpMethod.Delete, Tables + "/pixel");
        await BigQuery.CreateTableAsync("pixel", PixelFields);

        Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.Empty);
    }

    private static IEnumerable<string?> Ids(Answer answer) =>
        answer.Body["tables"]!.AsArray().Select(table => (string?)table!["tableReference"]!["tableId"]);
}
