namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class ConcurrencyTests : BigQueryTest
{
    [Test]
    public async Task InsertAll_ManyInParallelWithRepeats_StoresEachRowOnce()
    {
        const int Seed = 20260102;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var ids = Enumerable.Range(0, 60).Select(i => $"r{i}").ToList();
        var sendings = ids.Concat(ids).ToArray(); // each request is sent twice, as a client does that lost the answer
        random.Shuffle(sendings);

        var answers = await Task.WhenAll(sendings.Select(SendAsync));

        Assert.That(answers.SelectMany(answer => answer.RowErrors), Is.Empty);
        var expected = ids.SelectMany(id => Enumerable.Range(0, 20).Select(n => $"{id}-{n}"));
        Assert.That(await UsersAsync(), Is.EquivalentTo(expected));
    }

    [Test]
    public async Task List_DuringInserts_SeesWholeRequestsOnly()
    {
        var inserts = Task.WhenAll(Enumerable.Range(0, 30).Select(i => SendAsync($"r{i}")));

        while (!inserts.IsCompleted)
        {
            var total = int.Parse((string)(await BigQuery.ListAsync("pixel", "maxResults=0")).Body["totalRows"]!, provider: null);
            Assert.That(total % 20, Is.Zero);
        }

        await inserts;
        Assert.That((await UsersAsync()).Count, Is.EqualTo(600));
    }

    private Task<Answer> SendAsync(string id)
    {
        var rows = Enumerable.Range(0, 20).Select(n => $$$"""{"insertId":"{{{id}}}-{{{n}}}","json":{"user_id":"{{{id}}}-{{{n}}}"}}""");
        return BigQuery.InsertAsync("pixel", $$"""{"rows":[{{string.Join(',', rows)}}]}""");
    }

    private async Task<List<string>> UsersAsync() =>
        [.. (await BigQuery.ListAsync("pixel", "selectedFields=user_id")).Rows];
}
