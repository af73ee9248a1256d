using PixelPipeline.Privacy.Lists;

namespace PixelPipeline.Privacy.Tests.Lists;

internal sealed class ForgetListFileTests
{
    private static readonly DateTime Now = new(2026, 11, 28, 6, 0, 0, DateTimeKind.Utc);

    private TempFolder _folder = null!;

    private string FilePath => Path.Combine(_folder.Path, "data", "forgotten.jsonl");

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task AddAsync_SeveralPeople_AreOnTheListAndNotReadableThere()
    {
        foreach (var user in (string[])["ann@example.com", "bob", "ann@example.com"])
        {
            await new ForgetListFile(FilePath).AddAsync(new Person(user), Now, CancellationToken.None);
        }

        var users = await new ForgetListFile(FilePath).ReadAsync(CancellationToken.None);
        Assert.That(((string[])["ann@example.com", "bob", "cid"]).Where(users.Contains), Is.EqualTo(new[] { "ann@example.com", "bob" }));
        Assert.That(File.ReadAllLines(FilePath), Has.Length.EqualTo(2));
        Assert.That(File.ReadAllText(FilePath), Does.Not.Contain("ann").And.Not.Contain("bob"));
        Assert.That(OperatingSystem.IsWindows() || File.GetUnixFileMode(FilePath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task ReadAsync_NoFile_IsNobody() =>
        Assert.That((await new ForgetListFile(FilePath).ReadAsync(CancellationToken.None)).IsEmpty);

    [TestCase("no JSON")]
    [TestCase("{}")]
    [TestCase("""{"key":"zz","hash":"00","time":"2026-11-28T06:00:00Z"}""")]
    [TestCase("""{"key":7,"hash":"00","time":"2026-11-28T06:00:00Z"}""")]
    public void ReadAsync_DamagedFile_SaysWhatIsAtStake(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, text);
        Assert.That(() => new ForgetListFile(FilePath).ReadAsync(CancellationToken.None), Throws.TypeOf<ForgetListException>().With.Message.Contains("would come back"));
    }
}
