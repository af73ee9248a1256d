using System.Collections.Concurrent;
using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using PixelPipeline.Tests.Logs;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Importing;

public sealed class ImporterTests
{
    [TestCase("elb", 3, 2, 0, 3)]
    [TestCase("alb", 2, 1, 0, 0)]
    [TestCase("cloudfront", 2, 1, 0, 1)]
    [TestCase("combined", 3, 3, 0, 2)]
    [TestCase("logentry", 2, 2, 0, 2)]
    public async Task Import_SampleFile_GivesTheHandCheckedOutcomes(string format, int written, int ignored, int rejected, int bad)
    {
        var import = await ImportAsync(SampleLogs.Read(format));
        var counts = import.Counts;
        Assert.That((counts.WrittenRows, counts.Ignored.Values.Sum(), counts.RejectedRows, counts.BadLines), Is.EqualTo(((long)written, (long)ignored, (long)rejected, (long)bad)));
    }

    [Test]
    public async Task Import_Row_HasTheLinesFields()
    {
        var import = await ImportAsync(SampleLogs.Read("cloudfront"));
        var row = import.Rows.Single(r => r["user_id"] is "alice");
        Assert.That(row["type"], Is.EqualTo("a b")); // %2520 in the log, %20 in the request
        Assert.That(row["user_agent"], Is.EqualTo("Mozilla/5.0 (X11; Linux)"));
        Assert.That(row["referer"], Is.EqualTo("https://shop.example.com/cart"));
        Assert.That(row.EventTime, Is.EqualTo(new DateTime(2026, 11, 20, 11, 12, 28, DateTimeKind.Utc)));
    }

    [Test]
    public async Task Import_LogEntry_GetsTheEventIdOfTheLiveWay()
    {
        var entry = Some.LogEntry();
        var live = (EntryOutcome.Written)Some.Processor().Process(entry);
        var import = await ImportAsync([.. entry, (byte)'\n']);
        Assert.That(import.Ids, Is.EqualTo(new[] { live.Row.InsertId }));
    }

    [Test]
    public async Task Import_SameFileTwice_GivesTheSameEvents()
    {
        var log = Log(5_000);
        var first = await ImportAsync(log);
        var second = await ImportAsync(log);
        Assert.That(second.Ids.Order(), Is.EqualTo(first.Ids.Order()));
    }

    [Test]
    public async Task Import_EqualLines_AreEventsOfTheirOwn()
    {
        var log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(LogText.ElbLine("/pixel.png?user_id=a"), 3_000)));
        var import = await ImportAsync(log);
        Assert.That(import.Ids.Distinct().Count(), Is.EqualTo(3_000));
    }

    [Test]
    public async Task Import_LineEnds_DoNotChangeIds()
    {
        var text = LogText.ElbLine("/pixel.png?user_id=a");
        var unix = await ImportAsync(Encoding.UTF8.GetBytes(text));
        var windows = await ImportAsync(Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.That(windows.Ids, Is.EqualTo(unix.Ids));
    }

    [Test]
    public async Task Import_RejectedLine_IsKeptAsAnEntryThatGivesTheSameEventLater()
    {
        var log = Encoding.UTF8.GetBytes(LogText.ElbLine("/pixel.png?type=click"));
        var import = await ImportAsync(log);
        var (outcome, entry) = import.Entries.Single();
        var rejected = (EntryOutcome.Rejected)outcome;
        Assert.That(rejected.Reason, Is.EqualTo(RejectedReason.MissingRequired));
        Assert.That(Some.Processor().Process(entry), Is.EqualTo(rejected));
    }

    [Test]
    public async Task Import_BrokenOffAnywhere_GoesOnToTheSameEvents()
    {
        var random = new Random(Some.Seed());
        var logs = new[] { Log(6_000), Log(2_000), Log(1) };
        var whole = await ImportAsync(logs, default, int.MaxValue);
        for (var round = 0; round < 10; round++)
        {
            var first = await ImportAsync(logs, default, random.Next(8_000));
            var second = await ImportAsync(logs, first.Position, int.MaxValue);
            Assert.That(first.Ids.Concat(second.Ids).Distinct().Order(), Is.EqualTo(whole.Ids.Distinct().Order()));
            Assert.That(first.Position, Is.Not.EqualTo(whole.Position));
        }
    }

    [Test]
    public async Task Import_FileBreaksAndLaterTheImport_GoesOnInThatFile()
    {
        var logs = new[] { Log(3_000), Log(5_000), Log(5_000), Log(5_000) };
        var whole = await ImportAsync(logs, default, int.MaxValue);
        var files = logs.Select((l, i) => i == 1 ? LogText.ToBrokenFile(l[..(l.Length / 2)], "1.log") : LogText.ToFile(l, $"{i}.log")).ToArray();
        var broken = new List<string>();
        var first = await ImportAsync(files, default, 15_000, (f, _) => broken.Add(f.Name));
        var second = await ImportAsync(logs, first.Position, int.MaxValue);
        Assert.That((broken, first.Position.FileIndex), Is.EqualTo((new List<string> { "1.log" }, 1)));
        Assert.That(first.Ids.Concat(second.Ids).Distinct().Order(), Is.EqualTo(whole.Ids.Distinct().Order()));
    }

    [Test]
    public async Task Import_FileThatBreaksOffInALine_GivesNoEventThatTheWholeFileLacks()
    {
        var log = Log(20);
        var whole = (await ImportAsync(log)).Ids;
        for (var length = log.Length - 400; length < log.Length; length++)
        {
            var part = await ImportAsync([LogText.ToBrokenFile(log[..length])], default, int.MaxValue, (_, _) => { });
            Assert.That(part.Ids, Is.SubsetOf(whole));
        }
    }

    [Test]
    public async Task Import_ResumedAtItsEnd_TakesNothingIn()
    {
        var whole = await ImportAsync([Log(3_000)], default, int.MaxValue);
        var again = await ImportAsync([Log(3_000)], whole.Position, int.MaxValue);
        Assert.That((again.Ids.Count, again.Position), Is.EqualTo((0, whole.Position)));
    }

    [Test]
    public void Occurrences_BeyondTheWindow_AreCountedAnew()
    {
        var occurrences = new LineOccurrences();
        var counted = new List<int> { occurrences.Next(1), occurrences.Next(1) };
        for (var i = 0; i < LineOccurrences.Window; i++)
        {
            occurrences.Next((UInt128)i + 2);
        }

        counted.Add(occurrences.Next(1));
        for (var i = 0; i < LineOccurrences.Window * 2; i++)
        {
            occurrences.Next((UInt128)i + 2);
        }

        counted.Add(occurrences.Next(1));
        Assert.That(counted, Is.EqualTo(new[] { 0, 1, 2, 0 }));
    }

    private static byte[] Log(int lines)
    {
        var random = new Random(1);
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(_ => LogText.ElbLine($"/pixel.png?user_id=u{random.Next(100)}&type=click&pad={new string('x', 300)}"))));
    }

    private static Task<Import> ImportAsync(byte[] log) => ImportAsync([log], default, int.MaxValue);

    private static Task<Import> ImportAsync(byte[][] logs, ImportPosition start, int breakOffAfter) =>
        ImportAsync([.. logs.Select((l, i) => LogText.ToFile(l, $"{i}.log"))], start, breakOffAfter, (_, e) => throw e);

    /// <summary>Imports, and is broken off once so many entries are taken in.</summary>
    private static async Task<Import> ImportAsync(LogFile[] files, ImportPosition start, int breakOffAfter, Action<LogFile, Exception> failed)
    {
        var entries = new ConcurrentQueue<(EntryOutcome, byte[])>();
        using var importer = new Importer(Some.Processor(), files, null, start, new EntryByEntry(Step), _ => { }, failed);
        try
        {
            await importer.RunAsync(CancellationToken.None);
        }
        catch (RowNotCommittedException) when (breakOffAfter < int.MaxValue)
        {
            // As meant: what was taken in so far stays.
        }

        return new Import([.. entries], importer.Counts, importer.Position);

        ValueTask<EntryOutcome> Step(ImportedEntry entry, CancellationToken cancellationToken)
        {
            if (entries.Count >= breakOffAfter)
            {
                throw new RowNotCommittedException("Broken off.");
            }

            entries.Enqueue((entry.Outcome, entry.Entry.ToArray()));
            return new(entry.Outcome);
        }
    }

    private sealed record Import(List<(EntryOutcome Outcome, byte[] Entry)> Entries, ImportCounts Counts, ImportPosition Position)
    {
        public List<EventRow> Rows => [.. Entries.Select(e => e.Outcome).OfType<EntryOutcome.Written>().Select(w => w.Row)];

        public List<string> Ids => Rows.ConvertAll(r => r.InsertId);
    }
}
