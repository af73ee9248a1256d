using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.AccessLog;

public sealed class AccessLogReaderTests
{
    [Test]
    public async Task FollowAsync_ManySegments_GivesEveryLineInOrder()
    {
        await using var log = new OpenAccessLog(new AccessLogOptions { MaxSegmentBytes = 20 });
        var lines = Some.InsertIds("line", 50).ToArray();
        foreach (var line in lines)
        {
            await log.AppendAsync(line);
        }

        Assert.That(await log.ReadAsync(50), Is.EqualTo(lines));
    }

    [Test]
    public async Task FollowAsync_LineWrittenLater_IsWokenForIt()
    {
        await using var log = new OpenAccessLog();
        var reading = log.ReadAsync(1);

        await log.AppendAsync("later");

        Assert.That(await reading, Is.EqualTo(new[] { "later" }));
    }

    [Test]
    public async Task FollowAsync_WhileLinesAreWrittenAndSegmentsRoll_MissesNone()
    {
        await using var log = new OpenAccessLog(new AccessLogOptions { MaxSegmentBytes = 500 });
        var lines = Some.InsertIds("line", 3000).ToArray();
        var reading = Task.Run(() => log.ReadAsync(lines.Length));

        foreach (var some in lines.Chunk(7))
        {
            await Task.WhenAll(some.Select(log.AppendAsync));
        }

        Assert.That(await reading, Is.EquivalentTo(lines));
    }

    [Test]
    public async Task FollowAsync_LineLongerThanTheBuffer_GivesItWhole()
    {
        await using var log = new OpenAccessLog();
        var lines = new[] { "short", new string('x', 250_000), "short too" };
        foreach (var line in lines)
        {
            await log.AppendAsync(line);
        }

        Assert.That(await log.ReadAsync(3), Is.EqualTo(lines));
    }

    [Test]
    public async Task FollowAsync_SegmentsOfAnEarlierRun_GivesThemFirst()
    {
        await using var log = new OpenAccessLog();
        await log.AppendAsync("earlier");

        await log.ReopenAsync();
        await log.AppendAsync("now");

        Assert.That(await log.ReadAsync(2), Is.EqualTo(new[] { "earlier", "now" }));
    }

    [Test]
    public async Task FollowAsync_HalfLineInAnOlderSegment_PassesOverIt()
    {
        await using var log = new OpenAccessLog();
        File.WriteAllText(log.Folder.PathOf(new SegmentId(1)), "whole\nhal");
        File.WriteAllText(log.Folder.PathOf(new SegmentId(2)), "next\n");

        await log.ReopenAsync();

        Assert.That(await log.ReadAsync(2), Is.EqualTo(new[] { "whole", "next" }));
    }

    [Test]
    public async Task FollowAsync_DiskFullInBetween_GivesOnlyWhatWasKept()
    {
        var disk = new FailingDisk();
        await using var log = new OpenAccessLog(disk: disk);
        var reading = log.ReadAsync(2);
        await log.AppendAsync("before");
        disk.IsFull = true;
        Assert.That(() => log.AppendAsync("x\ny\nz"), Throws.TypeOf<AccessLogUnavailableException>());
        disk.IsFull = false;

        await log.AppendAsync("after");

        Assert.That(await reading, Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public async Task FollowAsync_FromALinesEnd_GoesOnWithTheNext()
    {
        await using var log = new OpenAccessLog();
        await log.AppendAsync("one");
        await log.AppendAsync("two");

        var fromTwo = await log.ReadAsync(1, new LogPosition(log.Folder.List()[0], "one\n".Length));

        Assert.That(fromTwo, Is.EqualTo(new[] { "two" }));
    }
}
