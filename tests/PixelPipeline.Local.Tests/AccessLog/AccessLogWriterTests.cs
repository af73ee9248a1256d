using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.AccessLog;

public sealed class AccessLogWriterTests
{
    [Test]
    public async Task AppendAsync_Completed_LineIsInTheFile()
    {
        await using var log = new OpenAccessLog();

        await log.AppendAsync("one");

        Assert.That(log.Contents, Is.EqualTo(new[] { "one\n" }));
    }

    [Test]
    public async Task AppendAsync_ManyAtOnce_EachLineIsThereOnceAndWhole()
    {
        await using var log = new OpenAccessLog(new AccessLogOptions { MaxSegmentBytes = 10_000 });
        var lines = Some.InsertIds("line", 5000).ToArray();

        await Task.WhenAll(lines.Select(log.AppendAsync));

        Assert.That(string.Concat(log.Contents).Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EquivalentTo(lines));
    }

    [Test]
    public async Task AppendAsync_SegmentFull_GoesOnInTheNext()
    {
        await using var log = new OpenAccessLog(new AccessLogOptions { MaxSegmentBytes = 8 });

        foreach (var line in new[] { "aaa", "bbb", "ccc" })
        {
            await log.AppendAsync(line);
        }

        Assert.That(log.Contents, Is.EqualTo(new[] { "aaa\nbbb\n", "ccc\n" }));
    }

    [Test]
    public async Task AppendAsync_SegmentOld_GoesOnInTheNext()
    {
        await using var log = new OpenAccessLog();
        await log.AppendAsync("old");

        log.Time.Advance(TimeSpan.FromMinutes(5));
        await log.AppendAsync("new");

        Assert.That(log.Contents, Is.EqualTo(new[] { "old\n", "new\n" }));
    }

    [Test]
    public async Task AppendAsync_DiskFull_FailsAndLeavesNoHalfLineOnceThereIsRoom()
    {
        var disk = new FailingDisk();
        await using var log = new OpenAccessLog(disk: disk);
        await log.AppendAsync("before");

        disk.IsFull = true;
        Assert.That(() => log.AppendAsync("a line that does not fit"), Throws.TypeOf<AccessLogUnavailableException>());
        disk.IsFull = false;
        await log.AppendAsync("after");

        Assert.That(log.Contents, Is.EqualTo(new[] { "before\nafter\n" }));
    }

    [Test]
    public async Task AppendAsync_FolderIsGone_Fails()
    {
        await using var log = new OpenAccessLog();
        Directory.Delete(log.Data.AccessLog);

        Assert.That(() => log.AppendAsync("lost"), Throws.TypeOf<AccessLogUnavailableException>());
    }

    [Test]
    public async Task AppendAsync_LogClosed_Fails()
    {
        await using var log = new OpenAccessLog();
        await log.Writer.DisposeAsync();

        Assert.That(() => log.AppendAsync("late"), Throws.TypeOf<AccessLogUnavailableException>());
    }

    [TestCase("whole\nhal", "whole\n")]
    [TestCase("whole\n", "whole\n")]
    [TestCase("hal", "")]
    [TestCase("", "")]
    public async Task Open_AfterAKill_CutsTheHalfLine(string left, string expected)
    {
        await using var log = new OpenAccessLog();
        File.WriteAllText(log.Folder.PathOf(new SegmentId(1)), left);

        await log.ReopenAsync();

        Assert.That(log.Contents, Is.EqualTo(new[] { expected }));
    }

    [Test]
    public async Task Open_HalfLineLongerThanOneRead_CutsIt()
    {
        await using var log = new OpenAccessLog();
        File.WriteAllText(log.Folder.PathOf(new SegmentId(1)), "whole\n" + new string('x', 200_000));

        await log.ReopenAsync();

        Assert.That(log.Contents, Is.EqualTo(new[] { "whole\n" }));
    }
}
