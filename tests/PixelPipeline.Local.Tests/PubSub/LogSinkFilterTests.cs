using System.Text;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub;

public sealed class LogSinkFilterTests
{
    private static readonly LogSinkFilter Filter = new("/pixel.png");

    [TestCase("http://localhost:8080/pixel.png?user_id=u1")]
    [TestCase("https://track.example.com/pixel.png")]
    [TestCase("https://track.example.com/pixel.png#x")]
    [TestCase("https://track.example.com/pixel.png?a=/other")]
    public void Passes_GetOfThePixel_IsTrue(string url) => Assert.That(Passes(Some.LogEntry(requestUrl: url)));

    [TestCase("http://localhost:8080/")]
    [TestCase("http://localhost:8080")]
    [TestCase("http://localhost:8080/pixel.png/x")]
    [TestCase("http://localhost:8080/x/pixel.png")]
    [TestCase("http://localhost:8080/Pixel.png")]
    [TestCase("http://localhost:8080/other?x=/pixel.png")]
    [TestCase("http://localhost:8080?/pixel.png")]
    [TestCase("pixel.png")]
    [TestCase("")]
    public void Passes_AnotherPath_IsFalse(string url) => Assert.That(Passes(Some.LogEntry(requestUrl: url)), Is.False);

    [TestCase("HEAD")]
    [TestCase("POST")]
    [TestCase("get")]
    public void Passes_AnotherMethod_IsFalse(string method) =>
        Assert.That(Passes(Some.LogEntry(method: method)), Is.False);

    [Test]
    public void Passes_AnotherResource_IsFalse() =>
        Assert.That(Passes(Some.LogEntry(resourceType: "cloud_function")), Is.False);

    [Test]
    public void Passes_RequestThatTheCdnMakes_IsFalse()
    {
        Assert.That(Passes(Some.LogEntry(parentInsertId: "1a2b")), Is.False);
        Assert.That(Passes(Some.LogEntry(userAgent: "Cloud-CDN-Google (GFE/2.0)")), Is.False);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{\"httpRequest\":7,\"resource\":[]}")]
    [TestCase("\0\0\0")]
    public void Passes_LineThatIsNoEntry_IsFalse(string line) => Assert.That(Passes(line), Is.False);

    [TestCase("user_agent")]
    [TestCase("name")]
    public void Passes_PixelHitWithTextThatIsNotUnicode_IsTrue(string where) => Assert.That(Passes(Some.NotUnicode(where)));

    [Test]
    public void Passes_BytesThatAreNoUtf8_IsTrue() => // the function says what becomes of them
        Assert.That(Filter.Passes((byte[])[.. "{\"resource\":{\"type\":\"http_load_balancer"u8, 0xFF, .. "\"}}"u8]));

    private static bool Passes(string line) => Filter.Passes(Encoding.UTF8.GetBytes(line));
}
