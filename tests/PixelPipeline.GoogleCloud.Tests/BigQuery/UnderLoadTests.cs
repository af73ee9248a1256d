using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>Many messages at once.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class UnderLoadTests
{
    private const int Burst = 3_000;

    private static readonly NewTableLimits Quota = new(10, 20_000);

    [Test]
    public async Task Messages_ThousandAtOnceForOneTable_TakeFewCalls()
    {
        await using var test = new PipelineUnderTest(TimeProvider.System, Quota);
        var held = new TaskCompletionSource();
        test.BigQuery.Afterwards = _ => Answer.Inserted.After(held.Task);
        var messages = Enumerable.Range(0, 1000).Select(i => test.HandleAsync("a", $"n{i}")).ToList();
        await Eventually.IsTrueAsync(() => test.BigQuery.InsertCount == 1, "the first insert");
        held.SetResult();

        Assert.That(await Task.WhenAll(messages), Is.All.TypeOf<EntryOutcome.Written>());
        Assert.That(test.BigQuery.Rows.Select(r => r.InsertId).Distinct().Count(), Is.EqualTo(1000));
        Assert.That(test.BigQuery.Server.Requests.Count / 1000.0, Is.LessThan(0.02), "API calls per event, the question for the table included");
    }

    [Test]
    public async Task KnownTable_ThousandsOfNewOnesWait_CommitsAtOnce()
    {
        await using var test = new PipelineUnderTest(TimeProvider.System, new NewTableLimits(0.001, 20_000));
        await test.HandleAsync("known", "n0");
        var held = new TaskCompletionSource();
        test.BigQuery.Instead = r => RecordingBigQuery.IsInsert(r) ? null : Answer.Error(404, "notFound").After(held.Task);
        var others = Enumerable.Range(0, 3000).Select(i => test.HandleAsync($"new{i}", $"m{i}")).ToList();
        var outcome = await test.HandleAsync("known", "n1");

        Assert.That(outcome, Is.TypeOf<EntryOutcome.Written>());
        Assert.That(others.Count(o => o.IsCompletedSuccessfully), Is.Zero);
        held.SetResult();
        await Task.WhenAll(others.Select(o => o.ContinueWith(_ => { }, TaskScheduler.Default)));
    }

    [Test]
    public async Task NewUsers_ThousandsInABurst_AreEachWrittenOnceByRedelivery()
    {
        // With time-outs, an insert that is under way while the others' pauses add up to 20 s would be sent again.
        var time = new SkippingTime { EndsTimeouts = false };
        await using var test = new PipelineUnderTest(time, Quota);
        await Parallel.ForAsync(0, Burst, new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, _) =>
        {
            while (true)
            {
                try
                {
                    await test.HandleAsync($"u{i}", $"n{i}");
                    return;
                }
                catch (RowNotCommittedException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None);
                }
            }
        });

        Assert.That(test.BigQuery.Rows.Select(r => r.Table), Is.EquivalentTo(Enumerable.Range(0, Burst).Select(i => $"pixel_u{i}_20261120")));
        var (totals, waiting) = (test.Meter.Totals, test.Meter.Totals.Waiting);
        Assert.That(totals.Written, Is.EqualTo(Burst));
        Assert.That(waiting, Is.Zero);
    }

    [TestCase(10_000, 10, 20_000)] // a burst on one instance
    [TestCase(20_000, 10, 20_000)] // a whole day's budget at once
    [TestCase(2_000, 1, 2_000)] // one of ten instances spends its part of the budget
    public void NewUsers_Burst_IsDrainedLongBeforeTheLastDeliveryAttempt(int users, double perSecond, int perDay)
    {
        var random = new Random(5);
        var time = new SkippingTime();
        var start = time.GetUtcNow();
        var pacer = new NewTablePacer(new NewTableLimits(perSecond, perDay), time);
        var deliveries = new PriorityQueue<int, (TimeSpan At, int Order)>(Enumerable.Range(0, users).Select(i => (Attempt: 1, (TimeSpan.Zero, i))));
        var (mostAttempts, order, granted) = (0, users, 0);
        while (deliveries.TryDequeue(out var attempt, out var due))
        {
            time.Advance(start + due.At - time.GetUtcNow());
            if (pacer.Take(countsAgainstBudget: true, out _) == NewTableTurn.Granted)
            {
                (granted, mostAttempts) = (granted + 1, Math.Max(mostAttempts, attempt));
                continue;
            }

            // As Pub/Sub's push backs off, no two messages quite alike.
            var pause = Math.Min(0.1 * Math.Pow(2, attempt - 1), 60) * (0.5 + (random.NextDouble() / 2));
            deliveries.Enqueue(attempt + 1, (due.At + TimeSpan.FromSeconds(pause), order++));
        }

        TestContext.Out.WriteLine($"{users} users: {mostAttempts} attempts at most, drained after {time.GetUtcNow() - start}");
        Assert.That(granted, Is.EqualTo(users));
        Assert.That(mostAttempts, Is.LessThan(100));
    }

    [TestCaseSource(nameof(FailuresThatPass))]
    public async Task Meter_RetryAndNewTable_AreMeasured(Answer failure)
    {
        await using var test = new PipelineUnderTest(new SkippingTime(), Quota);
        using var measured = new OwnMeasurements();
        var inserts = 0;
        test.BigQuery.Afterwards = _ => Interlocked.Increment(ref inserts) == 1 ? failure : null;
        await test.HandleAsync("metered", "n1");
        await Eventually.IsTrueAsync(() => measured.Lines.Contains("pixelpipeline.commit.duration"), "a batch is measured once its rows are told");

        Assert.That(measured.Lines, Is.EquivalentTo(
        [
            "pixelpipeline.new_tables", "pixelpipeline.retries", "pixelpipeline.batch.rows", "pixelpipeline.commit.duration",
            "pixelpipeline.entries outcome=written reason=",
        ]));
        Assert.That(inserts, Is.EqualTo(2));
    }

    private static IEnumerable<Answer> FailuresThatPass() => [Answer.Error(503, "backendError"), Answer.Reset, Answer.Close];
}
