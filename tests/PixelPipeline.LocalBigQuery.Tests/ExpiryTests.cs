using System.Net;

namespace PixelPipeline.LocalBigQuery.Tests;

/// <summary>The clock of these tests begins on 2026-01-02 at 03:04:05.</summary>
[TestFixture]
internal sealed class ExpiryTests : BigQueryTest
{
    private const string Day = "86400000";

    [TestCase("DAY", "TIMESTAMP", "2026-01-01T23:59:59.999999Z", "2026-01-02T00:00:00Z")] // the partition's day, not the row's age
    [TestCase("DAY", "DATE", "2026-01-01", "2026-01-02")]
    [TestCase("HOUR", "TIMESTAMP", "2026-01-01T03:59:59Z", "2026-01-02T04:00:00Z")]
    [TestCase("MONTH", "TIMESTAMP", "2025-12-31T23:59:59Z", "2026-02-01T00:00:00Z")]
    public async Task Partition_PastItsExpiration_LosesItsRows(string granularity, string type, string old, string young)
    {
        await MakeAsync(granularity, type, Day);
        await InsertAsync(old, "old");
        await InsertAsync(young, "young");

        await BigQuery.RestartAsync();
        await InsertAsync(young, "new");

        var page = await BigQuery.ListAsync("t", "selectedFields=v");
        Assert.That(page.Rows, Is.EqualTo(new[] { "young", "new" }));
        Assert.That((string?)page.Body["totalRows"], Is.EqualTo("2"));
        Assert.That((await BigQuery.ListAsync("t", "selectedFields=v&startIndex=1")).Rows, Is.EqualTo(new[] { "new" }));
        Assert.That((string?)(await BigQuery.GetAsync("datasets/pixels/tables/t")).Body["numRows"], Is.EqualTo("2"));
    }

    [Test]
    public async Task Partition_ExpiredBetweenTwoPages_LeavesTheNextPageRight()
    {
        await MakeAsync("DAY", "DATE", Day);
        await InsertAsync("2026-01-01", "old");
        await InsertAsync("2026-01-02", "a");
        await InsertAsync("2026-01-02", "b");
        var token = (string?)(await BigQuery.ListAsync("t", "maxResults=2")).Body["pageToken"];

        await BigQuery.RestartAsync();

        Assert.That((await BigQuery.ListAsync("t", $"selectedFields=v&pageToken={token}")).Rows, Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public async Task Partition_MoreRowsThanOnePart_AllExpire()
    {
        await MakeAsync("DAY", "DATE", Day);
        await InsertManyAsync("2025-01-01", 25_000);

        await BigQuery.RestartAsync();

        Assert.That((string?)(await BigQuery.ListAsync("t")).Body["totalRows"], Is.EqualTo("0"));
    }

    [TestCase("DATE", "2026-01-02", "2020-02-03")]
    [TestCase("TIMESTAMP", "2026-01-02T03:04:05Z", "1969-12-31T23:59:59Z")]
    public async Task Partition_ExpiredBehindYoungRows_LosesItsRowsAlone(string type, string young, string old)
    {
        await MakeAsync("DAY", type, Day);
        await InsertAsync(young, "a");
        await InsertManyAsync(old, 12_000); // more than are looked at together
        await InsertAsync(young, "b");
        await BigQuery.InsertAsync("t", """{"rows":[{"json":{"v":"NULL"}}]}""");
        await InsertManyAsync(old, 10);
        await InsertAsync(young, "c");
        await InsertManyAsync(old, 10);

        await BigQuery.RestartAsync();
        await InsertAsync(young, "d");

        var first = await BigQuery.ListAsync("t", "selectedFields=v&maxResults=2");
        var second = await BigQuery.ListAsync("t", $"selectedFields=v&pageToken={first.Body["pageToken"]}");
        Assert.That(first.Rows.Concat(second.Rows), Is.EqualTo(new[] { "a", "b", "NULL", "c", "d" }));
        Assert.That(((string?)first.Body["totalRows"], (string?)second.Body["pageToken"]), Is.EqualTo(("5", (string?)null)));
        Assert.That((await BigQuery.ListAsync("t", "selectedFields=v&startIndex=3")).Rows, Is.EqualTo(new[] { "c", "d" }));
        Assert.That((await BigQuery.ListAsync("t", "startIndex=5")).Rows, Is.Empty);
        Assert.That((string?)(await BigQuery.GetAsync("datasets/pixels/tables/t")).Body["numRows"], Is.EqualTo("5"));
    }

    [Test]
    public async Task Partition_WithoutExpiration_KeepsItsRows()
    {
        await MakeAsync("DAY", "DATE", "0");
        await InsertAsync("1999-01-01", "old");

        await BigQuery.RestartAsync();

        Assert.That((await BigQuery.ListAsync("t", "selectedFields=v")).Rows, Is.EqualTo(new[] { "old" }));
    }

    [Test]
    public async Task Table_PastItsExpiration_IsGone()
    {
        await BigQuery.PostAsync("datasets/pixels/tables", """{"tableReference":{"tableId":"t"},"expirationTime":"1767323046000"}"""); // in a second
        await BigQuery.RestartAsync();
        var before = await BigQuery.GetAsync("datasets/pixels/tables/t");

        BigQuery.Time.Advance(TimeSpan.FromSeconds(1));
        await BigQuery.RestartAsync();
        var after = await BigQuery.GetAsync("datasets/pixels/tables/t");

        Assert.That((before.Status, after.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
    }

    [TestCase("-1")]
    [TestCase("soon")]
    [TestCase("9223372036854775807")]
    public async Task Expiration_ThatIsNoTime_Is400(string milliseconds)
    {
        var answer = await MakeAsync("DAY", "DATE", milliseconds);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
    }

    private Task<Answer> MakeAsync(string granularity, string type, string milliseconds) => BigQuery.PostAsync(
        "datasets/pixels/tables",
        $$$"""
        {"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"v","type":"STRING"},{"name":"at","type":"{{{type}}}"}]},
         "timePartitioning":{"type":"{{{granularity}}}","field":"at","expirationMs":"{{{milliseconds}}}"}}
        """);

    private Task<Answer> InsertManyAsync(string at, int count)
    {
        var rows = Enumerable.Repeat($$$"""{"json":{"at":"{{{at}}}","v":"x"}}""", count);
        return BigQuery.InsertAsync("t", $$"""{"rows":[{{string.Join(',', rows)}}]}""");
    }

    private Task<Answer> InsertAsync(string at, string value) =>
        BigQuery.InsertAsync("t", $$$"""{"rows":[{"json":{"at":"{{{at}}}","v":"{{{value}}}"}}]}""");
}
