namespace PixelPipeline.Local.Tests.Storage;

/// <summary>Requests that try to leave the folder, sent as they stand.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HostileNameTests
{
    private const string Objects = $"/storage/v1/b/{RunningStorage.Bucket}/o";
    private const string Secret = "what nobody may read";

    [TestCase("..%2Fsecret.txt")]
    [TestCase("../secret.txt")]
    [TestCase("../../o/../../../../secret.txt")]
    [TestCase("%2e%2e%2fsecret.txt")]
    [TestCase("%2E%2E/secret.txt")]
    [TestCase("%252e%252e%252fsecret.txt")] // encoded twice: a name like any other, and there is none
    [TestCase("sub%2F..%2F..%2Fsecret.txt")]
    [TestCase("..%5Csecret.txt")]
    [TestCase("{outside}%2Fsecret.txt")]
    [TestCase("{outside}/secret.txt")]
    [TestCase("%2F{outside}%2Fsecret.txt")]
    [TestCase("..%2Fsecret.txt%00.log")]
    [TestCase("a%00b")]
    [TestCase("%FF%FE")] // no UTF-8, so it stays as it is: likewise
    [TestCase("link.txt")] // a link to a file outside
    [TestCase("linked%2Fsecret.txt")] // a link to a folder outside
    [TestCase(".pixel-uploads%2Fx.part")]
    public async Task Name_ThatLeadsElsewhere_GivesNothingAndWritesNothing(string name)
    {
        await using var storage = await RunningStorage.StartAsync();
        Lay(storage);
        var before = Files(storage);
        var target = name.Replace("{outside}", storage.Outside.Replace("/", "%2F", StringComparison.Ordinal), StringComparison.Ordinal);

        var media = await storage.SendRawAsync("GET", $"{Objects}/{target}?alt=media");
        var metadata = await storage.SendRawAsync("GET", $"{Objects}/{target}");
        Assert.That(media, Does.StartWith("HTTP/1.1 4").And.Not.Contain(Secret));
        Assert.That(metadata, Does.StartWith("HTTP/1.1 4"));
        if (name is not ("link.txt" or "%252e%252e%252fsecret.txt" or "%FF%FE"))
        {
            Assert.That(await storage.SendRawAsync("POST", $"/upload{Objects}?uploadType=media&name={target}", "evil"), Does.StartWith("HTTP/1.1 4"));
            Assert.That(Files(storage), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Upload_OverALink_ReplacesTheLinkAndNotWhatItLeadsTo()
    {
        await using var storage = await RunningStorage.StartAsync();
        Lay(storage);
        Assert.That(await storage.SendRawAsync("POST", $"/upload{Objects}?uploadType=media&name=link.txt", "new"), Does.StartWith("HTTP/1.1 200"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(storage.Outside, "secret.txt")), Is.EqualTo(Secret));
        Assert.That(new FileInfo(Path.Combine(storage.Root, "link.txt")).LinkTarget, Is.Null);
    }

    [Test]
    public async Task List_OfAFolderWithLinks_FollowsNone()
    {
        await using var storage = await RunningStorage.StartAsync();
        Lay(storage);
        Directory.CreateSymbolicLink(Path.Combine(storage.Root, "sub", "loop"), storage.Root);
        storage.Put(".hidden", "1");
        storage.Put(".pixel-uploads/x.part", "1");
        Assert.That(storage.Folder.Objects().Select(o => o.Name.Text), Is.EqualTo(new[] { "sub/a.log" }));
    }

    private static void Lay(RunningStorage storage)
    {
        var secret = Path.Combine(storage.Outside, "secret.txt");
        File.WriteAllText(secret, Secret);
        storage.Put("sub/a.log", "1");
        File.CreateSymbolicLink(Path.Combine(storage.Root, "link.txt"), secret);
        Directory.CreateSymbolicLink(Path.Combine(storage.Root, "linked"), storage.Outside);
    }

    private static List<string> Files(RunningStorage storage) => [.. Directory.EnumerateFiles(
        storage.Outside, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Order(StringComparer.Ordinal)];
}
