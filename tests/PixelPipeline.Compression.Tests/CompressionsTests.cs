using PixelPipeline.Logs.Files;
using PixelPipeline.Tests.Logs;

namespace PixelPipeline.Compression.Tests;

/// <summary>The same log as Debian's bzip2, xz and zstd write it.</summary>
public sealed class CompressionsTests
{
    private static readonly byte[] Plain = ShippedFile.Read("samples/compressed/elb.log");

    [TestCase("bz2")]
    [TestCase("xz")]
    [TestCase("zst")]
    public async Task Summarize_CompressedLog_GivesWhatThePlainOneDoes(string extension)
    {
        var (summary, rows, bad) = await SummarizeAsync(Read(extension));
        Assert.That((rows, bad), Is.EqualTo(((await SummarizeAsync(Plain)).Rows, Array.Empty<string>())));
        Assert.That((summary.Hits, summary.Bytes), Is.EqualTo((300L, (long)Plain.Length)));
    }

    [TestCase("bz2")]
    [TestCase("xz")]
    [TestCase("zst")]
    public async Task Summarize_SeveralInARow_ReadsThemAll(string extension)
    {
        var (summary, _, bad) = await SummarizeAsync([.. Read(extension), .. Read(extension)]);
        Assert.That((summary.Hits, bad), Is.EqualTo((600L, Array.Empty<string>())));
    }

    [TestCase("bz2", 30)]
    [TestCase("bz2", 1)]
    [TestCase("xz", 30)]
    [TestCase("xz", 1)]
    [TestCase("zst", 30)]
    [TestCase("zst", 1)]
    public async Task Summarize_CompressedLogThatIsCutOff_IsNamedAsNotReadToItsEnd(string extension, int missing)
    {
        var (_, _, bad) = await SummarizeAsync(Read(extension)[..^missing]);
        Assert.That(bad, Is.EqualTo(new[] { "test.log: InvalidDataException" }));
    }

    [Test]
    public async Task Summarize_CompressedLogWithFaults_NeverEndsInAnotherException([Values("bz2", "xz", "zst")] string extension)
    {
        var random = new Random(Some.Seed());
        for (var round = 0; round < 100; round++)
        {
            var bytes = Read(extension);
            bytes[random.Next(6, bytes.Length)] ^= (byte)(1 << random.Next(8));
            var (_, _, bad) = await SummarizeAsync(bytes);
            Assert.That(bad.Where(b => b.StartsWith("test.log: ", StringComparison.Ordinal)), Is.All.EqualTo("test.log: InvalidDataException"));
        }
    }

    private static Task<(Summaries.Summary Summary, string[] Rows, string[] Bad)> SummarizeAsync(byte[] bytes) =>
        LogText.SummarizeAsync([new LogFile("test.log", bytes.Length, () => new MemoryStream(bytes), Compressions.All)]);

    private static byte[] Read(string extension) => ShippedFile.Read($"samples/compressed/elb.log.{extension}");
}
