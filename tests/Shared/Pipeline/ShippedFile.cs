namespace PixelPipeline.Testing;

/// <summary>Files of the repository that the tests read as they ship.</summary>
internal static class ShippedFile
{
    public static byte[] Read(string path) =>
        File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, path));
}
