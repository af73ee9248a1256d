using System.Text;
using PixelPipeline.Events;

namespace PixelPipeline.Tests.Events;

public sealed class FormEncodingTests
{
    [TestCase("", "")]
    [TestCase("plain", "plain")]
    [TestCase("a+b", "a b")]
    [TestCase("a%20b", "a b")]
    [TestCase("a%2Bb", "a+b")]
    [TestCase("a%2bb", "a+b")]
    [TestCase("%C3%A9", "é")]
    [TestCase("%F0%9F%98%80", "😀")]
    [TestCase("é", "é")] // not encoded at all
    [TestCase("%", "%")]
    [TestCase("%4", "%4")]
    [TestCase("%zz", "%zz")]
    [TestCase("%+4", "% 4")] // a plus sign is no digit
    [TestCase("%-1", "%-1")]
    [TestCase("%4g", "%4g")]
    [TestCase("%4\0", "%4\0")] // which the number parsers of .NET overlook
    [TestCase("%\0\0", "%\0\0")]
    [TestCase("%%41", "%A")]
    [TestCase("%2541", "%41")] // decoded once
    [TestCase("100%", "100%")]
    [TestCase("%00", "\0")]
    [TestCase("%FF", "\uFFFD")]
    [TestCase("a%C3b", "a\uFFFDb")]
    [TestCase("%ED%A0%80", "\uFFFD\uFFFD\uFFFD")] // a surrogate is no UTF-8
    [TestCase("%C0%80", "\uFFFD\uFFFD")] // nor is an overlong form
    [TestCase("%EF%BB%BFx", "\uFEFFx")]
    public void Decode_Text_IsDecodedOnce(string encoded, string expected) =>
        Assert.That(FormEncoding.Decode(Encoding.UTF8.GetBytes(encoded)), Is.EqualTo(expected));

    [TestCase("a=1&b=2", "a=1|b=2")]
    [TestCase("a", "a=")]
    [TestCase("a=", "a=")]
    [TestCase("=1", "=1")]
    [TestCase("a=1=2", "a=1=2")]
    [TestCase("&a=1&&b=2&", "=|a=1|=|b=2")]
    [TestCase("a;b=1", "a;b=1")] // a semicolon parts nothing
    [TestCase("", "")]
    public void TryReadPair_Query_IsCutAtAmpersands(string query, string expected)
    {
        var rest = (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(query);
        var pairs = new List<string>();
        while (FormEncoding.TryReadPair(ref rest, out var name, out var value))
        {
            pairs.Add($"{Encoding.UTF8.GetString(name)}={Encoding.UTF8.GetString(value)}");
        }

        Assert.That(string.Join('|', pairs), Is.EqualTo(expected));
    }

    [Test]
    public void Decode_EncodedText_IsTheText() =>
        Law.HoldsForTexts(2_000, text => FormEncoding.Decode(Encoding.UTF8.GetBytes(Uri.EscapeDataString(text))) == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
}
