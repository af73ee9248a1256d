namespace PixelPipeline.Tests.Logs;

/// <summary>The files of <c>tests/samples/access-logs</c>: one a format, with lines of every kind.</summary>
internal static class SampleLogs
{
    public static byte[] Read(string format) => ShippedFile.Read(NameOf(format));

    public static string PathOf(string format) => Path.Combine(TestContext.CurrentContext.TestDirectory, NameOf(format));

    private static string NameOf(string format) => $"samples/access-logs/{format}.log";
}
