using System.IO.Compression;
using System.Text;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Tests.Places;

internal sealed class LogFilePlaceTests
{
    private static readonly Person Ann = new("ann");

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("\n")]
    [TestCase("\r\n")]
    public async Task ForgetAsync_AccessLog_HasTheOthersLinesAsTheyWere(string end)
    {
        var path = Write("access.log", string.Concat(((string[])["ann", "bob", "ann", "cid"]).Select(u => Combined(u) + end)));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        var found = await new LogFilePlace(path).SearchAsync(Ann, CancellationToken.None);
        var left = await new LogFilePlace(path).ForgetAsync(Ann, new Journal(), CancellationToken.None);

        Assert.That((found.Records, left), Is.EqualTo((2, (Remainder?)null)));
        Assert.That(File.ReadAllText(path), Is.EqualTo(Combined("bob") + end + Combined("cid") + end));
        Assert.That(Directory.GetFiles(_folder.Path), Is.EqualTo(new[] { path }));
        Assert.That(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead));
    }

    [Test]
    public async Task ForgetAsync_Gzip_IsWrittenAsGzip()
    {
        var path = Path.Combine(_folder.Path, "access.log.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Combined("ann") + "\n" + Combined("bob"))); // no newline at the end
        }

        await new LogFilePlace(path).ForgetAsync(Ann, new Journal(), CancellationToken.None);

        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo(Combined("bob")));
    }

    [Test]
    public async Task ForgetAsync_ArrayOfEntries_KeepsTheOthers()
    {
        var path = Write("entries.json", $"[\n{Encoding.UTF8.GetString(Some.Hit("user_id=ann"))},\n{Encoding.UTF8.GetString(Some.Hit("user_id=bob"))}\n]\n");
        await new LogFilePlace(path).ForgetAsync(Ann, new Journal(), CancellationToken.None);
        Assert.That(File.ReadAllText(path).Trim(), Is.EqualTo(Encoding.UTF8.GetString(Some.Hit("user_id=bob"))));
    }

    [Test]
    public async Task ForgetAsync_FileWithoutTheUser_IsNotTouched()
    {
        var path = Write("access.log", Combined("bob"));
        var before = File.GetLastWriteTimeUtc(path);
        await new LogFilePlace(path).ForgetAsync(Ann, new Journal(), CancellationToken.None);
        Assert.That((File.ReadAllText(path), File.GetLastWriteTimeUtc(path)), Is.EqualTo((Combined("bob"), before)));
    }

    [Test]
    public async Task ForgetAsync_RemainsOfAKilledRun_Go()
    {
        var path = Write("access.log", Combined("ann") + "\n" + Combined("bob") + "\n");
        Write("access.log.forget-next", Combined("bob")[..20]);
        await new LogFilePlace(path).ForgetAsync(Ann, new Journal(), CancellationToken.None);
        Assert.That(File.ReadAllText(path), Is.EqualTo(Combined("bob") + "\n"));
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(1));
    }

    [TestCase("PK\u0003\u0004", "zip")]
    [TestCase("BZh91AY", "bzip2")]
    public void SearchAsync_PackedOtherwise_SaysToUnpackIt(string start, string how)
    {
        var path = Write("access.log", start + "user_id=ann");
        Assert.That(() => new LogFilePlace(path).SearchAsync(Ann, CancellationToken.None), Throws.TypeOf<PlaceException>().With.Message.Contains(how).And.Message.Contains("unpack"));
    }

    [Test]
    public void SearchAsync_FileThatIsGone_SaysSo() =>
        Assert.That(() => new LogFilePlace(Path.Combine(_folder.Path, "no.log")).SearchAsync(Ann, CancellationToken.None), Throws.TypeOf<PlaceException>().With.Message.Contains("no.log"));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Combined(string user) => $"203.0.113.7 - - [20/Nov/2026:11:12:28 +0000] \"GET /pixel.png?user_id={user}&type=x HTTP/1.1\" 200 43 \"-\" \"Mozilla/5.0\"";
}
