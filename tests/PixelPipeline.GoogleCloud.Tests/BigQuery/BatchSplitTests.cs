using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>What becomes of a batch that BigQuery refuses as a whole.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BatchSplitTests
{
    [Test]
    public async Task Batch_TooLarge_GoesInParts()
    {
        await using var test = new WriterUnderTest(request =>
            WriterUnderTest.NamesIn(request).Length > 2 ? Answer.Error(413, "uploadTooLarge") : Answer.Inserted);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b", "c", "d", "e"));

        Assert.That(fates.Select(f => f.IsCommitted), Is.All.True);
        Assert.That(test.Inserts.Where(ids => ids.Length <= 2).SelectMany(ids => ids), Is.EquivalentTo(new[] { "a", "b", "c", "d", "e" }));
        Assert.That(test.Time.Pauses, Is.Empty);
    }

    [TestCase(413, "uploadTooLarge")]
    [TestCase(400, "invalid")]
    public async Task Batch_OneRowThatMakesARequestFail_IsInvalidAlone(int status, string reason)
    {
        await using var test = new WriterUnderTest(request =>
            WriterUnderTest.NamesIn(request).Contains("c") ? Answer.Error(status, reason) : Answer.Inserted);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b", "c", "d"));

        Assert.That(fates.Select(f => f.IsCommitted), Is.EqualTo(new[] { true, true, false, true }));
        Assert.That(fates[2].InvalidMessage, Does.Contain("said why"));
        Assert.That(fates[2].InvalidMessage, Does.Not.Contain("\n"));
    }

    [Test]
    public async Task Batch_RequestRefusedForNoRowsSake_RejectsNothing()
    {
        await using var test = new WriterUnderTest(Answer.Html(400)); // a proxy's word, not BigQuery's
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b"));

        Assert.That(fates.Select(f => f.IsUnknown), Is.All.True);
        Assert.That(test.Inserts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Batch_OnePartFails_KeepsWhatIsKnownOfTheOther()
    {
        await using var test = new WriterUnderTest(request => WriterUnderTest.NamesIn(request) switch
        {
            { Length: > 2 } => Answer.Error(413, "uploadTooLarge"),
            var ids when ids.Contains("c") => Answer.Error(403, "accessDenied"),
            _ => Answer.Inserted,
        });
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b", "c", "d"));

        Assert.That(fates.Select(f => f.IsCommitted), Is.EqualTo(new[] { true, true, false, false }));
        Assert.That(fates.Skip(2).Select(f => f.IsUnknown), Is.All.True);
    }

    [Test]
    public async Task Batch_Parts_ShareOneDeadline()
    {
        await using var test = new WriterUnderTest(request =>
            WriterUnderTest.NamesIn(request).Length > 1 ? Answer.Error(413, "uploadTooLarge") : Answer.Error(503, "backendError"));
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b", "c", "d"));

        Assert.That(fates.Select(f => f.IsUnknown), Is.All.True);
        Assert.That(test.Time.TotalPause, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(54)), "45 s and a last pause of at most 8");
    }
}
