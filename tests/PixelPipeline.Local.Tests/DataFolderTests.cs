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

        var e = Assert.Throws<StartFailedException>(() => new DataFolder(temp.Path).Lock())!;
        Assert.That((e.Failure, e.Message), Is.EqualTo((StartFailure.DataFolderInUse, $"The data folder {temp.Path} is in use by another run.")));
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

        Assert.That(() => new DataFolder(file).Lock(), Throws.TypeOf<StartFailedException>().With.Property("Failure").EqualTo(StartFailure.DataFolderUnusable));
    }

    [Test]
    public void Lock_Released_LeavesNoProbeBehind()
    {
        using var temp = new TempFolder();

        using var held = new DataFolder(temp.Path).Lock();

        Assert.That(Directory.EnumerateFiles(temp.Path).Select(Path.GetFileName), Is.EqualTo(new[] { ".lock" }));
    }
}
