namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class InsertIdTests : BigQueryTest
{
    [Test]
    public async Task InsertId_SentAgain_IsStoredOnce()
    {
        await SendAsync("1", "a");
        var again = await SendAsync("1", "a");

        Assert.That(again.RowErrors, Is.Empty);
        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [Test]
    public async Task InsertId_TwiceInOneRequest_IsStoredOnce()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"insertId":"1","json":{"user_id":"a"}},{"insertId":"1","json":{"user_id":"a"}}]}""");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [Test]
    public async Task InsertId_SentAgainAfterARestart_IsStoredOnce()
    {
        await SendAsync("1", "a");
        await BigQuery.RestartAsync();
        await SendAsync("1", "a");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [TestCase(59, 1)] // at least a minute, wherever in the minute it began
    [TestCase(121, 2)] // and forgotten after two
    public async Task InsertId_SentAgainLater_IsRememberedAboutAMinute(int seconds, int rows)
    {
        await SendAsync("1", "a");
        BigQuery.Time.Advance(TimeSpan.FromSeconds(seconds));
        await SendAsync("1", "a");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows.Count(), Is.EqualTo(rows));
    }

    [Test]
    public async Task InsertId_OfAnotherTable_DoesNotCount()
    {
        await BigQuery.CreateTableAsync("other", PixelFields);
        await SendAsync("1", "a");
        await BigQuery.InsertAsync("other", """{"rows":[{"insertId":"1","json":{"user_id":"b"}}]}""");

        Assert.That((await BigQuery.ListAsync("other")).Rows, Is.EqualTo(new[] { "b|NULL|NULL" }));
    }

    [Test]
    public async Task InsertId_OfARowThatWasStopped_IsFreeForItsRetry()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"insertId":"1","json":{"user_id":"a"}},{"insertId":"2","json":{}}]}""");
        await SendAsync("1", "a");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [Test]
    public async Task InsertId_Absent_StoresEachTime()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"a"}},{"insertId":"","json":{"user_id":"a"}},{"json":{"user_id":"a"}}]}""");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows.Count(), Is.EqualTo(3));
    }

    private Task<Answer> SendAsync(string insertId, string user) =>
        BigQuery.InsertAsync("pixel", $$$"""{"rows":[{"insertId":"{{{insertId}}}","json":{"user_id":"{{{user}}}"}}]}""");
}
