using System.Text;
using PixelPipeline.Events;

namespace PixelPipeline.Tests.Events;

public sealed class PixelUrlTests
{
    [TestCase("https://a.example/pixel.png?x=1", "/pixel.png", "x=1")]
    [TestCase("http://203.0.113.80/pixel.png?x=1", "/pixel.png", "x=1")]
    [TestCase("http://[2001:db8::1]:8080/pixel.png?x=1", "/pixel.png", "x=1")]
    [TestCase("hTTp://a.example/p?x", "/p", "x")]
    [TestCase("https://user:pass@a.example/p?x", "/p", "x")]
    [TestCase("https://a.example", "", "")]
    [TestCase("https://a.example/", "/", "")]
    [TestCase("https://a.example?x=1", "", "x=1")]
    [TestCase("https://a.example/p?", "/p", "")]
    [TestCase("https://a.example/p?a?b", "/p", "a?b")] // only the first question mark counts
    [TestCase("https://a.example/p?a#b?c", "/p", "a")]
    [TestCase("https://a.example/p#b?c", "/p", "")]
    [TestCase("https://a.example/%70ixel.png?x=%20", "/%70ixel.png", "x=%20")] // not decoded
    [TestCase("https://a.example/a/../pixel.png?x", "/a/../pixel.png", "x")] // not resolved
    public void TryParse_Absolute_GivesPathAndQuery(string url, string path, string query) =>
        Assert.That(Parse(url), Is.EqualTo((path, query)));

    [TestCase("")]
    [TestCase("/pixel.png?x=1")]
    [TestCase("//a.example/pixel.png")]
    [TestCase("a.example/pixel.png")]
    [TestCase("https:/a.example/pixel.png")]
    [TestCase("https:a.example")]
    [TestCase("file:///pixel.png")]
    [TestCase("javascript://a.example/")]
    [TestCase("xhttps://a.example/")]
    [TestCase(" https://a.example/")]
    [TestCase("/p?u=https://a.example/")] // the scheme is not at the start
    [TestCase("https://")]
    [TestCase("https:///pixel.png")]
    [TestCase("https://?x=1")]
    [TestCase("https://:8443/pixel.png")] // a port of no host
    [TestCase("https://user@/pixel.png")]
    [TestCase("https://user:pass@:8443/pixel.png")]
    public void TryParse_AnythingElse_IsRefused(string url) => Assert.That(Parse(url), Is.Null);

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void TryParse_Length_IsBounded(int over, bool expected)
    {
        var url = "https://a.example/?".PadRight(PixelUrl.MaxLength + over, 'x');
        Assert.That(Parse(url) is not null, Is.EqualTo(expected));
    }

    [Test]
    public void TryParse_AnyBytesAfterTheHost_AreSharedOutWhole() =>
        Law.Holds<byte[]>(2_000, bytes =>
        {
            byte[] url = [.. "https://h/"u8, .. bytes];
            var parsed = PixelUrl.TryParse(url, out var result);
            var untilFragment = url.AsSpan().IndexOf((byte)'#') is var fragment and >= 0 ? fragment : url.Length;
            return parsed && result.Path.Length + result.Query.Length + (result.Path.Length + 9 < untilFragment ? 1 : 0) + 9 == untilFragment;
        });

    private static (string Path, string Query)? Parse(string url) =>
        PixelUrl.TryParse(Encoding.UTF8.GetBytes(url), out var result)
            ? (Encoding.UTF8.GetString(result.Path), Encoding.UTF8.GetString(result.Query))
            : null;
}
