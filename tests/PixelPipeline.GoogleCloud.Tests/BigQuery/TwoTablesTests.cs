using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>The layout both: what its second table costs, and what a flood of users does.</summary>
public sealed class TwoTablesTests
{
    [Test]
    public async Task Events_AThousandAtOnce_TakeOneCallForMoreThanAHundred()
    {
        const int workers = 1_000;
        const int each = 20;
        await using var test = new PipelineUnderTest(TimeProvider.System, new NewTableLimits(10, 100), LayoutName.Both);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            for (var i = 0; i < each; i++)
            {
                await test.HandleAsync("alice", $"{worker}-{i}");
            }
        }));

        var calls = test.BigQuery.Server.Requests.Count;
        await TestContext.Out.WriteLineAsync($"{calls} calls of the BigQuery API for {workers * each} events");
        Assert.That(test.BigQuery.Rows.Count(r => r.Table == "all_pixel"), Is.EqualTo(workers * each));
        Assert.That((double)calls / (workers * each), Is.LessThan(0.01));
    }

    [Test]
    public async Task Events_OfAFloodOfUsers_MakeTheBudgetOfTablesAndAllReachTheTableOfAllEvents()
    {
        const int users = 300;
        const int budget = 7;
        await using var test = new PipelineUnderTest(TimeProvider.System, new NewTableLimits(1_000, budget), LayoutName.Both);
        await Task.WhenAll(Enumerable.Range(0, users).Select(user => DeliverAsync(test, user)));

        var rows = test.BigQuery.Rows.ToLookup(r => r.Table, r => r.InsertId);
        Assert.That(rows["all_pixel"].Distinct().Count(), Is.EqualTo(users));
        Assert.That(rows.Select(t => t.Key).Where(t => t.StartsWith("pixel_u", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(budget));
        Assert.That(rows["pixel__overflow_20261120"].Distinct().Count(), Is.EqualTo(users - budget));
    }

    // As Pub/Sub delivers again what waits for a new table.
    private static async Task DeliverAsync(PipelineUnderTest test, int user)
    {
        while (true)
        {
            try
            {
                await test.HandleAsync($"u{user}", $"e{user}");
                return;
            }
            catch (RowNotCommittedException)
            {
                await Task.Yield();
            }
        }
    }
}
