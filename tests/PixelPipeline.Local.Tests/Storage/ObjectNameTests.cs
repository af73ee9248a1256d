using PixelPipeline.Local.Storage;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>Which names a file of a folder can have, and that none of them leads out of it.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ObjectNameTests
{
    private const string Folder = "/bucket";

    [TestCase("a")]
    [TestCase("drop/2026/elb.log.gz")]
    [TestCase("drop/access log (1) + é %2F #?.txt")]
    [TestCase("a..b/c.")]
    public void TryParse_NameOfAFile_IsItsPathInTheFolder(string text)
    {
        Assert.That(ObjectName.TryParse(text, out var name));
        Assert.That(name!.PathIn(Folder), Is.EqualTo($"{Folder}/{text}"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("/etc/passwd")]
    [TestCase("..")]
    [TestCase("../a")]
    [TestCase("a/../../b")]
    [TestCase("a/..")]
    [TestCase("./a")]
    [TestCase("a//b")]
    [TestCase("a/")] // a folder that the console made
    [TestCase("a\0b")]
    [TestCase("a\nb")]
    [TestCase("a\\..\\b")]
    [TestCase(".hidden")]
    [TestCase(".pixel-uploads/a.part")]
    [TestCase("a\uFFFDb")] // bytes that were no UTF-8
    public void TryParse_AnythingElse_IsNoName(string? text) => Assert.That(ObjectName.TryParse(text, out _), Is.False);

    [TestCase(255, true)]
    [TestCase(256, false)]
    public void TryParse_LongPart_IsANameAsFarAsFileSystemsGo(int length, bool isName) =>
        Assert.That(ObjectName.TryParse("drop/" + new string('a', length), out _), Is.EqualTo(isName));

    [TestCase(1_024, true)]
    [TestCase(1_025, false)]
    public void TryParse_LongName_IsANameAsFarAsCloudStorageGoes(int length, bool isName)
    {
        var text = string.Concat(Enumerable.Repeat("abc/", 300))[..(length - 1)].TrimEnd('/').PadRight(length, 'x');
        Assert.That(ObjectName.TryParse(text, out _), Is.EqualTo(isName));
    }

    [Test]
    public void TryParse_AnyText_NeverLeavesTheFolder()
    {
        string[] parts = ["..", ".", "", "a", "/", "\\", "\0", "C:", "~", "%2e%2e", "é"];
        var random = new Random(20261120);
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Join(random.Next(2) == 0 ? "/" : "", Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)]));
            if (ObjectName.TryParse(text, out var name))
            {
                Assert.That(Path.GetFullPath(name.PathIn(Folder)), Does.StartWith(Folder + "/"), text);
            }
        }
    }
}
