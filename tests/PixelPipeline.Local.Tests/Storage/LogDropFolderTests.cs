using PixelPipeline.Local.Storage;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>Which folder can play the bucket.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class LogDropFolderTests
{
    private TempFolder _temp = null!;

    [SetUp]
    public void MakeFolder() => _temp = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _temp.Dispose();

    [Test]
    public void Create_MissingFolder_MakesItWithItsInputFolder()
    {
        var drop = new LogDropFolder(At("a/b/"));
        drop.Create(new DataFolder(At("data")));
        Assert.That(Directory.Exists(At("a/b/drop")));
        Assert.That((drop.Input, drop.Output), Is.EqualTo((At("a/b/drop"), At("a/b/summaries"))));
    }

    [TestCase("incoming/logs/", "incoming/logs", true)]
    [TestCase("logs-", "logs-", false)] // a prefix, but no folder
    [TestCase("../outside/", "../outside", false)] // no object has such a name
    [TestCase("/outside/", "outside", false)]
    public void Create_OtherInputPrefix_MakesOnlyAFolderOfItsOwn(string prefix, string made, bool isMade)
    {
        new LogDropFolder(At("bucket"), prefix).Create(new DataFolder(At("data")));
        Assert.That(Directory.Exists(At("bucket/" + made)), Is.EqualTo(isMade));
    }

    [Test]
    public void Create_PartsOfAKilledRun_RemovesThemAndNothingElse()
    {
        Directory.CreateDirectory(At("bucket/.pixel-uploads"));
        File.WriteAllText(At("bucket/.pixel-uploads/1.part"), "");
        File.WriteAllText(At("bucket/.pixel-uploads/mine.txt"), "");
        new LogDropFolder(At("bucket")).Create(new DataFolder(At("data")));
        Assert.That(Directory.EnumerateFiles(At("bucket/.pixel-uploads")).Select(Path.GetFileName), Is.EqualTo(new[] { "mine.txt" }));
    }

    [TestCase("data", "data")]
    [TestCase("data/bucket", "data")]
    [TestCase("bucket", "bucket/data")]
    [TestCase("link", "data")] // a link to the data folder
    public void Create_FolderThatOverlapsWithTheDataFolder_IsRefusedUntouched(string folder, string data)
    {
        Directory.CreateDirectory(At(data));
        Directory.CreateSymbolicLink(At("link"), At(data));
        Assert.That(() => new LogDropFolder(At(folder)).Create(new DataFolder(At(data))), Throws.TypeOf<StartFailedException>().With.Message.Contains("inside"));
        Assert.That(Directory.Exists(At("data/bucket")), Is.False);
    }

    [Test]
    public void Create_FolderBesideOneOfALikeName_IsFine()
    {
        Directory.CreateDirectory(At("data"));
        Assert.That(() => new LogDropFolder(At("data-logs")).Create(new DataFolder(At("data"))), Throws.Nothing);
    }

    [Test]
    public void Create_FileInItsPlace_IsRefused()
    {
        File.WriteAllText(At("file"), "");
        Assert.That(() => new LogDropFolder(At("file")).Create(new DataFolder(At("data"))), Throws.TypeOf<StartFailedException>().With.Message.Contains(At("file")));
    }

    private string At(string path) => Path.Combine(_temp.Path, path);
}
