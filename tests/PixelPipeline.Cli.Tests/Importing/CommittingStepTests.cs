using PixelPipeline.Cli.Importing;
using PixelPipeline.GoogleCloud.Tests.BigQuery;
using PixelPipeline.Importing;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Tests.Importing;

public sealed class CommittingStepTests
{
    private readonly SkippingTime _time = new();
    private int _calls;

    [Test]
    public async Task Commit_RefusedOnceLongAfterTheLastCommit_IsTriedAgain()
    {
        var step = NewStep(refuses: call => call == 1);
        _time.Advance(TimeSpan.FromMinutes(10)); // in which no entry came along
        Assert.That(await step.CommitAsync(Entry(), CancellationToken.None), Is.TypeOf<EntryOutcome.Written>());
    }

    [Test]
    public async Task Commit_RefusedForTwoMinutes_BreaksOff()
    {
        var step = NewStep(refuses: call => call > 1);
        await step.CommitAsync(Entry(), CancellationToken.None);
        Assert.ThrowsAsync<RowNotCommittedException>(async () => await step.CommitAsync(Entry(), CancellationToken.None));
        Assert.That(_time.TotalPause, Is.EqualTo(TimeSpan.FromMinutes(2)));
    }

    private static ImportedEntry Entry()
    {
        var entry = Some.LogEntry();
        return new ImportedEntry(new DateOnly(2026, 11, 20), Some.Processor().Process(entry), entry);
    }

    private CommittingStep NewStep(Func<int, bool> refuses)
    {
        var writer = new RecordingRowWriter { FateOf = (_, _) => refuses(++_calls) ? RowFate.Unknown(new IOException("refused")) : RowFate.Committed };
        var meter = new PipelineMeter();
        var handler = new EntryHandler(Some.Processor(), new GroupCommitWriter(writer, new GroupCommitLimits(), meter, TimeProvider.System), Some.Layout(Some.ShippedSchema()), meter, TimeProvider.System);
        return new CommittingStep(handler, _time);
    }
}
