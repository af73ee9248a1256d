using System.IO.Compression;
using System.Text;
using PixelPipeline.Privacy;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>Objects out of which a user's lines are taken, as a bucket has to bear it.</summary>
internal sealed class ErasedObjectsTests
{
    private static readonly Person Ann = new("ann");

    [Test]
    public async Task ForgetAsync_ObjectsOfALake_AreWrittenAnewWithoutTheUser()
    {
        await using var storage = await RunningStorage.StartAsync();
        storage.Put("lake/2026/a.jsonl", Lines("ann", "bob", "ann"));
        storage.Put("lake/2026/b.jsonl", Lines("bob"));
        storage.Put("other/c.jsonl", Lines("ann"));
        await using (var gzip = new GZipStream(File.Create(Path.Combine(storage.Root, "lake", "2026", "d.jsonl.gz")), CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Lines("cid", "ann")));
        }

        var lake = new LakeObjects(storage.Client, RunningStorage.Bucket, "lake/");
        var found = await lake.SearchAsync(Ann, CancellationToken.None);
        var left = await lake.ForgetAsync(Ann, new NoJournal(), CancellationToken.None);

        Assert.That((found.Records, found.Containers, left), Is.EqualTo((3, 2, (Remainder?)null)));
        Assert.That((await lake.SearchAsync(Ann, CancellationToken.None)).Records, Is.Zero);
        Assert.That(Read(storage, "lake/2026/a.jsonl").Select(l => l.Contains("user_id=bob", StringComparison.Ordinal) ? "bob" : l), Is.EqualTo(new[]
        {
            """{"timestamp":"2026-11-20T00:00:00Z","jsonPayload":{"forgotten":true}}""", "bob", """{"timestamp":"2026-11-20T00:00:00Z","jsonPayload":{"forgotten":true}}""",
        }));
        Assert.That(Read(storage, "other/c.jsonl").Single(), Does.Contain("ann"), "outside of the prefix");
        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(storage.Root, "lake", "2026", "d.jsonl.gz")), CompressionMode.Decompress));
        Assert.That(await unpacked.ReadToEndAsync(), Does.StartWith(Lines("cid")).And.Not.Contain("ann"));
    }

    [Test]
    public async Task ReplaceAsync_ObjectThatWasReplacedSince_StaysAsItIs()
    {
        await using var storage = await RunningStorage.StartAsync();
        storage.Put("a.jsonl", "old");
        var state = await storage.Client.FindAsync(RunningStorage.Bucket, "a.jsonl", CancellationToken.None);
        File.WriteAllText(Path.Combine(storage.Root, "a.jsonl"), "newer and longer");
        File.SetLastWriteTimeUtc(Path.Combine(storage.Root, "a.jsonl"), DateTime.UtcNow.AddSeconds(5));

        using var content = new MemoryStream("erased"u8.ToArray());
        Assert.That(await storage.Client.ReplaceAsync(RunningStorage.Bucket, "a.jsonl", state!, content, CancellationToken.None), Is.False);
        Assert.That(Read(storage, "a.jsonl"), Is.EqualTo(new[] { "newer and longer" }));
    }

    private static string[] Read(RunningStorage storage, string name) => File.ReadAllLines(Path.Combine(storage.Root, name));

    private static string Lines(params string[] users) => string.Concat(users.Select(u =>
        $$$"""{"insertId":"x","timestamp":"2026-11-20T11:12:28.408747Z","httpRequest":{"requestMethod":"GET","requestUrl":"https://t.example.com/pixel.png?user_id={{{u}}}"}}""" + "\n"));

    private sealed class NoJournal : IBlankingJournal
    {
        public void Begin(BlankedRanges ranges) => Assert.Fail("An object is not overwritten in place.");

        public void Finish()
        {
        }
    }
}
