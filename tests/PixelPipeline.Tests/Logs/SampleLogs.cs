using PixelPipeline.Logs;

namespace PixelPipeline.Tests.Logs;

/// <summary>The files of <c>tests/samples/access-logs</c>: one a format, with lines of every kind.</summary>
internal static class SampleLogs
{
    public static byte[] Read(LogFormat format) => ShippedFile.Read(NameOf(format));

    public static string PathOf(LogFormat format) => Path.Combine(TestContext.CurrentContext.TestDirectory, NameOf(format));

    private static string NameOf(LogFormat format) => $"samples/access-logs/{format.ToLabel()}.log";
}
