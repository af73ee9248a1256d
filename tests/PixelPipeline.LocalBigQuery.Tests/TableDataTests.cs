using System.Net;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class TableDataTests : BigQueryTest
{
    [SetUp]
    public Task FillTable() => BigQuery.InsertAsync(
        "pixel", """{"rows":[{"json":{"user_id":"a"}},{"json":{"user_id":"b"}},{"json":{"user_id":"c"}},{"json":{"user_id":"d"}},{"json":{"user_id":"e"}}]}""");

    [Test]
    public async Task List_InPages_GivesEachRowOnce()
    {
        var users = new List<string>();
        var query = "selectedFields=user_id&maxResults=2";
        string? token = null;
        do
        {
            var page = await BigQuery.ListAsync("pixel", token is null ? query : $"{query}&pageToken={token}");
            Assert.That((string?)page.Body["totalRows"], Is.EqualTo("5"));
            users.AddRange(page.Rows);
            token = (string?)page.Body["pageToken"];
        }
        while (token is not null);

        Assert.That(users, Is.EqualTo(new[] { "a", "b", "c", "d", "e" }));
    }

    [TestCase("startIndex=3", "d e")]
    [TestCase("startIndex=1&maxResults=2", "b c")]
    [TestCase("startIndex=5", "")]
    [TestCase("maxResults=0", "")]
    [TestCase("", "a b c d e")]
    public async Task List_Window_GivesTheRowsInIt(string query, string expected)
    {
        var page = await BigQuery.ListAsync("pixel", $"selectedFields=user_id&{query}");

        Assert.That(string.Join(' ', page.Rows), Is.EqualTo(expected));
    }

    [Test]
    public async Task List_SelectedFields_ComeInTheTablesOrder()
    {
        var page = await BigQuery.ListAsync("pixel", "selectedFields=amount,USER_ID&maxResults=1");

        Assert.That(page.Rows, Is.EqualTo(new[] { "a|NULL" }));
    }

    [TestCase("maxResults=-1")]
    [TestCase("startIndex=x")]
    [TestCase("pageToken=x")]
    [TestCase("pageToken=MToxOjE")] // 1:1:1
    [TestCase("pageToken=%F0%9F%98%80")]
    [TestCase("selectedFields=nope")]
    public async Task List_WrongParameter_Is400(string query)
    {
        var answer = await BigQuery.ListAsync("pixel", query);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
    }

    [Test]
    public async Task List_TokenOfATableThatWasMadeAgain_Is400()
    {
        var token = (string?)(await BigQuery.ListAsync("pixel", "maxResults=1")).Body["pageToken"];
        await BigQuery.SendAsync(HttpMethod.Delete, "datasets/pixels/tables/pixel");
        await BigQuery.CreateTableAsync("pixel", PixelFields);

        Assert.That((await BigQuery.ListAsync("pixel", $"pageToken={token}")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task List_MissingTable_Is404() =>
        Assert.That((await BigQuery.ListAsync("nope")).Message, Is.EqualTo("Not found: Table local:pixels.nope"));

    [TestCase("", "1.732100348408747E9")]
    [TestCase("formatOptions.useInt64Timestamp=true", "1732100348408747")]
    public async Task List_Timestamp_ComesAsTheClientAsks(string query, string cell)
    {
        await BigQuery.CreateTableAsync("t", """{"name":"at","type":"TIMESTAMP"}""");
        await BigQuery.InsertAsync("t", """{"rows":[{"json":{"at":"2024-11-20T10:59:08.408747Z"}}]}""");

        Assert.That((await BigQuery.ListAsync("t", query)).Rows, Is.EqualTo(new[] { cell }));
    }
}
