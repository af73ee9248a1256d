namespace PixelPipeline.Local.Tests;

public sealed class DataFolderTests
{
    [Test]
    public void Lock_MissingFolder_CreatesIt()
    {
        using var temp = new TempFolder();
        var data = new DataFolder(Path.Combine(temp.Path, "a", "b"));

        using var held = data.Lock();

        Assert.That(Directory.Exists(data.Root));
    }

    [Test]
    public void Lock_FolderInUse_SaysSo()
    {
        using var temp = new TempFolder();
        using var held = new DataFolder(temp.Path).Lock();

        var e = Assert.Throws<DataFolderInUseException>(() => new DataFolder(temp.Path).Lock());
        Assert.That(e.Path, Is.EqualTo(temp.Path));
    }

    [Test]
    public void Lock_AfterTheOtherRunEnded_Succeeds()
    {
        using var temp = new TempFolder();
        new DataFolder(temp.Path).Lock().Dispose();

        Assert.That(() => new DataFolder(temp.Path).Lock().Dispose(), Throws.Nothing);
    }

    [Test]
    public void Lock_FileInItsPlace_SaysThatItCannotBeWritten()
    {
        using var temp = new TempFolder();
        var file = Path.Combine(temp.Path, "file");
        File.WriteAllText(file, "");

        Assert.That(() => new DataFolder(file).Lock(), Throws.TypeOf<DataFolderUnusableException>());
    }

    [Test]
    public void Lock_Released_LeavesNoProbeBehind()
    {
        using var temp = new TempFolder();

        using var held = new DataFolder(temp.Path).Lock();

        Assert.That(Directory.EnumerateFiles(temp.Path).Select(Path.GetFileName), Is.EqualTo(new[] { ".lock" }));
    }
}
