using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.AccessLog;

/// <summary>Closed segments on a disk that fails now and then.</summary>
internal sealed class SegmentSequenceTests
{
    private static readonly AccessLogOptions OneLineEach = new() { MaxSegmentBytes = 4 };

    [TestCase(1)] // the current one
    [TestCase(2)] // a closed one
    [TestCase(5)]
    public void FlushToDisk_FailsAFewTimes_BringsAllClosedSegmentsToTheLakeLater(int failures)
    {
        using var temp = new TempFolder();
        var data = new DataFolder(temp.Path);
        var disk = new FailingDisk { FailingFlushes = failures };
        using var segments = Open(data, disk);
        AppendLines(segments, "aaa\n", "bbb\n", "ccc\n");
        if (failures == 2)
        {
            disk.FailingFlushes = 0;
            segments.CloseCurrent();
            disk.FailingFlushes = 2;
        }

        for (var i = 0; i < failures; i++)
        {
            Assert.That(segments.FlushToDisk, Throws.TypeOf<IOException>());
        }

        segments.CloseCurrent();
        segments.FlushToDisk();

        Assert.That(Lake(data), Is.EqualTo(new[] { "aaa\n", "bbb\n", "ccc\n" }));
    }

    [Test]
    public void FlushToDisk_LakeCannotBeMade_BringsAllClosedSegmentsThereLater()
    {
        using var temp = new TempFolder();
        var data = new DataFolder(temp.Path);
        using var segments = Open(data, new FailingDisk());
        AppendLines(segments, "aaa\n", "bbb\n", "ccc\n");
        File.WriteAllText(data.Lake, "a file where the folder should be");

        Assert.That(segments.FlushToDisk, Throws.InstanceOf<IOException>());
        File.Delete(data.Lake);
        segments.FlushToDisk();

        Assert.That(Lake(data), Is.EqualTo(new[] { "aaa\n", "bbb\n" }));
    }

    [Test]
    public void FlushToDisk_SegmentRemovedMeanwhile_BringsTheOthersToTheLake()
    {
        using var temp = new TempFolder();
        var data = new DataFolder(temp.Path);
        using var segments = Open(data, new FailingDisk());
        AppendLines(segments, "aaa\n", "bbb\n", "ccc\n");
        segments.Folder.Delete(segments.Folder.List()[0]);

        segments.FlushToDisk();

        Assert.That(Lake(data), Is.EqualTo(new[] { "bbb\n" }));
    }

    private static SegmentSequence Open(DataFolder data, FailingDisk disk) =>
        SegmentSequence.Open(new SegmentFolder(data), OneLineEach, new ShiftedTime(), disk.Create);

    private static void AppendLines(SegmentSequence segments, params string[] lines)
    {
        foreach (var line in lines)
        {
            segments.Append(System.Text.Encoding.UTF8.GetBytes(line));
        }
    }

    private static IEnumerable<string> Lake(DataFolder data) =>
        Directory.GetFiles(data.Lake, "*.jsonl", SearchOption.AllDirectories).Order().Select(File.ReadAllText);
}
