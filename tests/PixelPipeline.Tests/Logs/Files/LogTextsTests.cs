using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Logs.Files;

/// <summary>What a file holds is found out layer by layer, and gives the events that the plain file gives.</summary>
public sealed class LogTextsTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(i => LogText.ElbLine($"/pixel.png?user_id=é{i % 7}"))));
    private static readonly string Text = Encoding.UTF8.GetString(Plain);

    private static IEnumerable<TestCaseData> Packed =>
    [
        new TestCaseData(Gzip(Plain)).SetArgDisplayNames("gzip"),
        new TestCaseData(Tar(("a.log", Plain))).SetArgDisplayNames("tar"),
        new TestCaseData(Gzip(Tar(("a.log", Plain)))).SetArgDisplayNames("tar.gz"),
        new TestCaseData(Tar(("a.log.gz", Gzip(Plain)))).SetArgDisplayNames("gzip in tar"),
        new TestCaseData(Zip(("logs/a.log", Plain))).SetArgDisplayNames("zip"),
        new TestCaseData((byte[])[0xEF, 0xBB, 0xBF, .. Plain]).SetArgDisplayNames("byte order mark"),
        new TestCaseData((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)]).SetArgDisplayNames("UTF-16"),
        new TestCaseData((byte[])[0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)]).SetArgDisplayNames("UTF-16, big-endian"),
        new TestCaseData(Encoding.Unicode.GetBytes(Text)).SetArgDisplayNames("UTF-16 without a mark"),
        new TestCaseData(Gzip([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)])).SetArgDisplayNames("UTF-16 in gzip"),
    ];

    [TestCaseSource(nameof(Packed))]
    public async Task Import_PackedOrEncodedLog_GivesTheEventsOfThePlainOne(byte[] packed)
    {
        var (ids, bad) = await ImportAsync(packed);
        Assert.That((ids, bad), Is.EqualTo(((await ImportAsync(Plain)).Ids, Array.Empty<string>())));
        Assert.That(ids, Has.Length.EqualTo(2_000).And.Unique);
    }

    [Test]
    public async Task Import_LogThatLiesThereInSeveralForms_GivesEachEventOnce()
    {
        var ids = new HashSet<string>();
        foreach (var form in (byte[][])[Plain, Gzip(Plain), Tar(("old/a.log", Plain), ("old/b.log.gz", Gzip(Plain)))])
        {
            ids.UnionWith((await ImportAsync(form)).Ids);
        }

        Assert.That(ids, Has.Count.EqualTo(2_000));
    }

    [Test]
    public async Task Summarize_ArchiveOfSeveralFormats_FindsEachOutAndNamesItsLines()
    {
        var tar = Tar(("empty.log", []), ("elb.log", Encoding.UTF8.GetBytes(LogText.ElbLine("/a") + "junk\n")), ("web/combined.log", SampleLogs.Read("combined")), ("w3c.log", SampleLogs.Read("w3c")));
        var (summary, rows, bad) = await LogText.SummarizeAsync([LogText.ToFile(Gzip(tar), "all.tar.gz")]);
        Assert.That(summary.Hits, Is.EqualTo(1 + 4 + 3));
        Assert.That(bad, Is.EqualTo(new[] { "all.tar.gz/elb.log:2: fields_missing", "all.tar.gz/web/combined.log:7: no_timestamp", "all.tar.gz/web/combined.log:8: fields_missing" }));
        Assert.That(rows, Has.Some.EqualTo("2026-11-20 /a 1"));
    }

    [TestCase("[\n  ENTRY1,\n  ENTRY2\n]\n")] // gcloud logging read --format=json
    [TestCase("[ENTRY1,ENTRY2]")]
    [TestCase("[ENTRY1\n,ENTRY2\n]")]
    [TestCase("[\r\nENTRY1,\r\nENTRY2\r\n]\r\n")]
    [TestCase("ENTRY1\nENTRY2\n")]
    public async Task Import_EntriesOfAnArray_AreEachAnEvent(string form)
    {
        foreach (var isPretty in (bool[])[false, true])
        {
            string[] entries = [.. new[] { "1", "2" }.Select(i => Encoding.UTF8.GetString(Some.LogEntry(insertId: i, userAgent: "a \\\"{[]},\\\\")))];
            entries = isPretty ? [.. entries.Select(e => e.Replace("{\"", "{\n\"", StringComparison.Ordinal).Replace(",\"", ",\n  \"", StringComparison.Ordinal))] : entries;
            var (ids, bad) = await ImportAsync(Encoding.UTF8.GetBytes(form.Replace("ENTRY1", entries[0], StringComparison.Ordinal).Replace("ENTRY2", entries[1], StringComparison.Ordinal)));
            Assert.That((ids.Length, bad), Is.EqualTo((2, Array.Empty<string>())), form);
            Assert.That(ids[0], Is.EqualTo(((EntryOutcome.Written)Some.Processor().Process(Some.LogEntry(insertId: "1"))).Row.InsertId));
        }
    }

    [TestCase("BZh91AY&SY", "test.log is compressed with bzip2: decompress it first.")]
    [TestCase("(\u00B5/\u00FD", "test.log is compressed with zstd: decompress it first.")]
    [TestCase("PK\u0003\u0004", null)] // cut off
    public void Summarize_WhatCannotBeRead_IsRefusedByName(string start, string? message)
    {
        var bytes = Encoding.Latin1.GetBytes(start);
        var failures = new List<Exception>();
        using var reader = new LineChunkReader([LogText.ToFile(bytes)], null, (_, e) => failures.Add(e));
        Assert.That(reader.TryRead(new LineChunk()), Is.False);
        Assert.That(failures.Single(), Is.InstanceOf<InvalidDataException>());
        Assert.That(message is null || failures[0].Message == message, Is.True, failures[0].Message);
    }

    [Test]
    public void Read_ArchiveInArchiveInArchive_EndsSomewhere()
    {
        var bytes = Plain;
        for (var i = 0; i < 10; i++)
        {
            bytes = Gzip(bytes);
        }

        var failures = new List<Exception>();
        using var reader = new LineChunkReader([LogText.ToFile(bytes)], null, (_, e) => failures.Add(e));
        Assert.That((reader.TryRead(new LineChunk()), failures.Count), Is.EqualTo((false, 1)));
    }

    [Test]
    public async Task Import_TarThatIsCutOff_GivesNoEventThatTheWholeOneLacks()
    {
        var tar = Tar(("a.log", Plain[..20_000]), ("b.log", Plain));
        var (whole, _) = await ImportAsync(tar);
        var (part, bad) = await ImportAsync(tar[..^100_000]);
        Assert.That(part, Is.SubsetOf(whole));
        Assert.That(bad, Is.Not.Empty);
    }

    private static async Task<(string[] Ids, string[] Bad)> ImportAsync(byte[] log)
    {
        var ids = new List<string>();
        var bad = new List<string>();
        using var importer = new Importer(
            Some.Processor(), [LogText.ToFile(log)], null, default, new EntryByEntry(Step), b => bad.Add($"{b.Line}: {b.Reason}"), (f, e) => bad.Add($"{f.Name}: {e.GetType().Name}"));
        await importer.RunAsync(CancellationToken.None);
        return ([.. ids.Order(StringComparer.Ordinal)], [.. bad]);

        ValueTask<EntryOutcome> Step(ImportedEntry entry, CancellationToken cancellationToken)
        {
            lock (ids)
            {
                ids.Add(((EntryOutcome.Written)entry.Outcome).Row.InsertId);
            }

            return new(entry.Outcome);
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return result.ToArray();
    }

    private static byte[] Tar(params (string Name, byte[] Bytes)[] files)
    {
        using var result = new MemoryStream();
        using (var tar = new TarWriter(result, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "web/"));
            foreach (var (name, bytes) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
            }
        }

        return result.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var result = new MemoryStream();
        using (var zip = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("logs/");
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return result.ToArray();
    }
}
