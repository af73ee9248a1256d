namespace PixelPipeline.Deploy.Tests;

/// <summary>Where the files under test lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string StandIn { get; } = Path.Combine(Root, "tests", "PixelPipeline.Deploy.Tests", "StandIns", "stand-in");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PixelPipeline.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("PixelPipeline.sln is not above the tests");
        }

        return folder.FullName;
    }
}
