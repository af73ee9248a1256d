using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>What becomes of each row of a batch, by what BigQuery says of the rows.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BatchFateTests
{
    [Test]
    public async Task Batch_InvalidAndStopped_CommitsTheOthersAtOnce()
    {
        await using var test = new WriterUnderTest(WriterUnderTest.RowErrors((0, "stopped"), (1, "invalid"), (2, "stopped")), Answer.Inserted);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b", "c"));

        Assert.That(fates.Select(f => f.IsCommitted), Is.EqualTo(new[] { true, false, true }));
        Assert.That(fates[1].InvalidMessage, Is.EqualTo("type: invalid row"));
        Assert.That(test.Inserts[1], Is.EqualTo(new[] { "a", "c" }));
        Assert.That(test.Time.Pauses, Is.Empty);
    }

    [Test]
    public async Task Batch_SeveralRounds_KeepsEachRowsPlace()
    {
        await using var test = new WriterUnderTest(
            WriterUnderTest.RowErrors((0, "invalid")),
            WriterUnderTest.RowErrors((0, "stopped"), (2, "invalid")),
            Answer.Inserted);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b", "c", "d"));

        Assert.That(fates.Select(f => f.IsCommitted), Is.EqualTo(new[] { false, true, true, false }));
        Assert.That(test.Inserts, Is.EqualTo(new[] { new[] { "a", "b", "c", "d" }, ["b", "c", "d"], ["b", "c"] }));
    }

    [TestCase("stopped")]
    [TestCase("backendError")]
    [TestCase("rateLimitExceeded")]
    public async Task Batch_RowErrorThatPasses_IsSentAgainAfterAPause(string reason)
    {
        await using var test = new WriterUnderTest(WriterUnderTest.RowErrors((0, reason), (1, "stopped")), Answer.Inserted);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b"));

        Assert.That(fates, Is.All.EqualTo(RowFate.Committed));
        Assert.That(test.Inserts, Is.EqualTo(new[] { new[] { "a", "b" }, ["a", "b"] }));
        Assert.That(test.Time.Pauses, Has.Count.EqualTo(1));
    }

    [TestCase("somethingNew")]
    [TestCase(null)]
    public async Task Batch_RowErrorOfUnknownReason_GivesThatRowNoFateAndCommitsTheOthers(string? reason)
    {
        await using var test = new WriterUnderTest(request =>
        {
            var bad = Array.IndexOf(WriterUnderTest.NamesIn(request), "b");
            return bad < 0 ? Answer.Inserted : WriterUnderTest.RowErrors((bad, reason));
        });
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b", "c"));

        Assert.That(fates[0].IsCommitted && fates[2].IsCommitted);
        Assert.That(fates[1].IsUnknown, "neither committed nor invalid");
    }

    [TestCase(null)]
    [TestCase(7)] // there is no such row
    [TestCase(-1)]
    public async Task Batch_InvalidRowThatIsNotNamed_IsFound(int? index)
    {
        await using var test = new WriterUnderTest(request =>
            WriterUnderTest.NamesIn(request).Contains("b") ? WriterUnderTest.RowErrors((index, "invalid")) : Answer.Inserted);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b", "c"));

        Assert.That(fates.Select(f => f.IsCommitted), Is.EqualTo(new[] { true, false, true }));
        Assert.That(fates[1].InvalidMessage, Is.Not.Null);
    }

    [Test]
    public async Task Batch_SeveralErrorsOfOneRow_AreOneFate()
    {
        await using var test = new WriterUnderTest(WriterUnderTest.RowErrors((0, "stopped"), (0, "invalid"), (0, "invalid")), Answer.Inserted);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b"));

        Assert.That(fates.Select(f => f.IsCommitted), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public async Task Batch_AllInvalid_SendsNothingMore()
    {
        await using var test = new WriterUnderTest(WriterUnderTest.RowErrors((0, "invalid"), (1, "invalid")));
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b"));

        Assert.That(fates.Select(f => f.InvalidMessage), Is.All.Not.Null);
        Assert.That(test.Inserts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Batch_LongMessage_IsCut()
    {
        var text = new string('x', 20_000);
        await using var test = new WriterUnderTest(Answer.Json(200, $$"""{"insertErrors":[{"index":0,"errors":[{"reason":"invalid","message":"{{text}}"}]}]}"""));
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(fates[0].InvalidMessage, Has.Length.LessThanOrEqualTo(1024));
    }
}
