using System.Globalization;
using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Tests.Values;

[TestFixture]
internal sealed class ScientificTextTests
{
    [TestCase(0.0, "0.0")]
    [TestCase(-0.0, "-0.0")]
    [TestCase(1, "1.0")]
    [TestCase(-1234567, "-1234567.0")]
    [TestCase(9999999.5, "9999999.5")]
    [TestCase(10000000, "1.0E7")]
    [TestCase(0.001, "0.001")]
    [TestCase(0.00099, "9.9E-4")]
    [TestCase(1e23, "1.0E23")] // its shortest digits have another exponent than its exact ones
    [TestCase(double.MaxValue, "1.7976931348623157E308")]
    [TestCase(double.Epsilon, "5.0E-324")]
    public void Of_Double_HasShortestDigits(double number, string expected) =>
        Assert.That(ScientificText.Of(number), Is.EqualTo(expected));

    [Test]
    public void Of_AnyDouble_ReadsBackAsItself()
    {
        const int Seed = 7;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(number))
            {
                Assert.That(double.Parse(ScientificText.Of(number), CultureInfo.InvariantCulture), Is.EqualTo(number));
            }
        }
    }

    [TestCase(0, "0.0")]
    [TestCase(1, "1.0E-6")]
    [TestCase(-1500, "-0.0015")]
    [TestCase(1_000_000, "1.0")]
    [TestCase(9_999_999_000_000, "9999999.0")]
    [TestCase(10_000_000_000_000, "1.0E7")]
    [TestCase(1_732_100_348_408_747, "1.732100348408747E9")]
    public void OfMicroseconds_Instant_IsExact(long microseconds, string expected) =>
        Assert.That(ScientificText.OfMicroseconds(microseconds), Is.EqualTo(expected));
}
