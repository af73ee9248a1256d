using System.Text;
using System.Text.Json;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;

namespace PixelPipeline.JavaScript.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class PixelTransformTests
{
    [Test]
    public void Of_ShippedSchema_FitsIntoWhatPubSubTakes() =>
        Assert.That(Encoding.UTF8.GetByteCount(PixelTransform.Of(Some.ShippedSchema(), "/pixel.png").Code), Is.LessThanOrEqualTo(PixelTransform.MaxBytes));

    [Test]
    public void Of_SchemaWithoutAgentColumns_CarriesNothingOfAgents()
    {
        var code = PixelTransform.Of(Some.Schema("type STRING"), "/pixel.png").Code;
        Assert.That(code, Does.Not.Contain("googlebot"));
        Assert.That(code.Length, Is.LessThan(13_000));
    }

    [Test]
    public void Of_TooManyColumns_IsRefusedWithTheLimit()
    {
        var schema = Some.Schema([.. Enumerable.Range(0, 1_000).Select(i => $"column_number_{i} STRING")]);
        Assert.That(() => PixelTransform.Of(schema, "/pixel.png"), Throws.TypeOf<SchemaException>().With.Message.Contains("20,480"));
    }

    [TestCase("visitor STRING REQUIRED", "visitor")]
    [TestCase("country STRING REQUIRED", "country")]
    [TestCase("signature STRING REQUIRED", "signature")]
    public void Of_RequiredColumnThatNothingFills_IsRefused(string column, string name) =>
        Assert.That(() => PixelTransform.Of(Some.Schema(column), "/pixel.png"), Throws.TypeOf<SchemaException>().With.Message.Contains(name));

    [Test]
    public void Of_NetworksOfAddresses_AreRefused() =>
        Assert.That(() => PixelTransform.Of(Some.Schema("remote_ip STRING"), "/pixel.png", AddressForm.Network), Throws.TypeOf<SchemaException>().With.Message.Contains("Pixel__RemoteIp"));

    [Test]
    public void ToTransformsFile_IsWhatGcloudReads()
    {
        var transform = PixelTransform.Of(Some.ShippedSchema(), "/pixel.png");
        using var json = JsonDocument.Parse(transform.ToTransformsFile());
        var udf = json.RootElement.EnumerateArray().Single().GetProperty("javascriptUdf");

        Assert.That(udf.GetProperty("functionName").GetString(), Is.EqualTo("toRow"));
        Assert.That(udf.GetProperty("code").GetString(), Is.EqualTo(transform.Code));
    }
}
