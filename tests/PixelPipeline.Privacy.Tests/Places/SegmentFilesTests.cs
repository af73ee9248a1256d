using System.Text;
using PixelPipeline.Forgetting;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Tests.Places;

internal sealed class SegmentFilesTests
{
    private static readonly Person Ann = new("ann");

    private TempFolder _folder = null!;
    private string _file = null!;

    private SegmentFiles Lake => new("lake", _folder.Path);

    [SetUp]
    public void WriteSegment()
    {
        _folder = new TempFolder();
        _file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "date=2026-11-20")).FullName, "20261120T111228408Z.jsonl");
        File.WriteAllBytes(_file, Lines("ann", "bob", "ann", "cid"));
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ForgetAsync_Segment_KeepsEveryOtherLineAndItsPlace()
    {
        var before = File.ReadAllLines(_file);
        var left = await Lake.ForgetAsync(Ann, new Journal(), CancellationToken.None);
        var after = File.ReadAllLines(_file);

        Assert.That(left, Is.Null);
        Assert.That(after.Select(l => l.Length), Is.EqualTo(before.Select(l => l.Length)));
        Assert.That(after.Where((_, i) => i % 2 == 1), Is.EqualTo(before.Where((_, i) => i % 2 == 1)));
        Assert.That(after.Where((_, i) => i % 2 == 0), Has.All.Contain("forgotten").And.All.Not.Contain("ann"));
        Assert.That(await Lake.SearchAsync(Ann, CancellationToken.None), Is.EqualTo(default(Holding)));
    }

    [Test]
    public async Task SearchAsync_Segment_CountsLinesAndChangesNothing()
    {
        var before = File.ReadAllBytes(_file);
        var found = await Lake.SearchAsync(Ann, CancellationToken.None);
        Assert.That(found, Is.EqualTo(new Holding(2, 2 * Encoding.UTF8.GetByteCount(Line("ann")), 1)));
        Assert.That(File.ReadAllBytes(_file), Is.EqualTo(before));
    }

    [Test]
    public async Task ForgetAsync_LineThatIsBeingWritten_IsLeftUntilItIsWhole()
    {
        var half = Encoding.UTF8.GetBytes(Line("ann"))[..^20];
        using (var appending = new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            appending.Write(half);
            appending.Flush();
            await Lake.ForgetAsync(Ann, new Journal(), CancellationToken.None); // beside its writer
            appending.Write(Encoding.UTF8.GetBytes(Line("ann")[^20..] + "\n"));
        }

        Assert.That((await Lake.SearchAsync(Ann, CancellationToken.None)).Records, Is.EqualTo(1));
    }

    [Test]
    public async Task Blank_WhatAKilledRunHadBegun_IsFinished()
    {
        var journal = new Journal();
        await Lake.ForgetAsync(Ann, journal, CancellationToken.None);
        Assert.That((journal.Begun.Single().Offsets.Count, journal.Ended), Is.EqualTo((2, 1)));

        // The first line half overwritten, the second not at all.
        var bytes = Lines("ann", "bob", "ann", "cid");
        ForgottenEntry.Overwrite(bytes.AsSpan(0, 60));
        File.WriteAllBytes(_file, bytes);
        SegmentFiles.Blank(journal.Begun.Single());

        Assert.That(File.ReadAllText(_file), Does.Not.Contain("ann").And.Contain("bob").And.Contain("cid"));
    }

    [Test]
    public void Blank_SegmentThatIsGone_IsNoTrouble() =>
        Assert.That(() => SegmentFiles.Blank(new BlankedRanges(Path.Combine(_folder.Path, "no", "such.jsonl"), [0], [10])), Throws.Nothing);

    [Test]
    public async Task ReadAsync_Segment_GivesTheLines()
    {
        var records = new List<HeldRecord>();
        await foreach (var record in Lake.ReadAsync(Ann, CancellationToken.None))
        {
            records.Add(record);
        }

        Assert.That(records.Select(r => r.Fields[1].Value), Is.EqualTo(new[] { Line("ann"), Line("ann") }));
    }

    private static string Line(string user) => Encoding.UTF8.GetString(Some.Hit($"user_id={user}&type=click"));

    private static byte[] Lines(params string[] users) => Encoding.UTF8.GetBytes(string.Concat(users.Select(u => Line(u) + "\n")));
}
