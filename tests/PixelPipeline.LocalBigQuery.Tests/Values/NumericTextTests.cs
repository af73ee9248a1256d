using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Tests.Values;

[TestFixture]
internal sealed class NumericTextTests
{
    [TestCase("0", "0")]
    [TestCase("-0.000", "0")]
    [TestCase("+1", "1")]
    [TestCase(".5", "0.5")]
    [TestCase("5.", "5")]
    [TestCase("1.0000000005", "1.000000001")] // half away from zero
    [TestCase("-1.0000000005", "-1.000000001")]
    [TestCase("1.0000000004", "1")]
    [TestCase("12e-3", "0.012")]
    [TestCase("1E28", "10000000000000000000000000000")]
    public void Normalize_Number_HasOneSpelling(string text, string expected)
    {
        Assert.That(NumericText.TryNormalize(text, out var normal), Is.True);
        Assert.That(normal, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("-")]
    [TestCase("1 2")]
    [TestCase("1e")]
    [TestCase("0x1")]
    [TestCase("NaN")]
    [TestCase("1e29")]
    [TestCase("99999999999999999999999999999.9999999999")] // rounds to 30 digits
    [TestCase("١")] // an Arabic digit
    public void Normalize_OtherText_IsRefused(string text) => Assert.That(NumericText.TryNormalize(text, out _), Is.False);
}
